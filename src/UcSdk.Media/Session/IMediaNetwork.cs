namespace UcSdk.Media;

/// <summary>Where media sessions get their transport addresses: real UDP sockets, or an in-memory network.</summary>
public interface IMediaNetwork
{
    /// <summary>Opens a pair of addresses for one RTP session, RTP on an even port and RTCP on the next (RFC 3550 §11).</summary>
    /// <param name="cancellationToken">Gives up; nothing stays open.</param>
    /// <returns>The pair, to be disposed by the caller.</returns>
    /// <exception cref="IOException">No pair of ports is free.</exception>
    ValueTask<IMediaTransport> OpenAsync(CancellationToken cancellationToken = default);
}
