namespace UcSdk.Sip;

/// <summary>
/// The bytes of a message that has gone out and may have to go again, exactly the same: what is kept of it for the half minute in which a peer
/// may ask, instead of the message and all that it refers to.
/// </summary>
internal sealed class WireCopy
{
    /// <summary>Set by the edge when it sends the message; empty before, and for ever when no flow was there.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>The method of the request, or that a response answers; null where it cannot be read. Set with the bytes.</summary>
    public SipMethod? Method { get; set; }

    /// <summary>The status of a response; 0 of a request. Set with the bytes.</summary>
    public int StatusCode { get; set; }
}
