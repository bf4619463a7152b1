namespace UcSdk.Sip;

/// <summary>
/// One header field in storage: a slice of the received bytes until somebody asks for its text, and then the typed view as well.
/// </summary>
internal struct HeaderSlot
{
    public HeaderName Name;
    public int Start;
    public int Length;
    public string? Text;
    public object? View;
}
