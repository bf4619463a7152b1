namespace UcSdk.Sip;

/// <summary>A request being forwarded (RFC 3261 §16): the application's view of it.</summary>
public sealed class ProxyContext
{
    private readonly ResponseContext _context;

    internal ProxyContext(ResponseContext context)
    {
        _context = context;
        context.Handle = this;
    }

    /// <summary>Raised once, with the final response that went upstream.</summary>
    public event Action<SipResponse>? FinalResponse;

    /// <summary>The request as it came.</summary>
    public SipRequest Request => _context.Request;

    /// <summary>True once a final response went upstream.</summary>
    public bool IsAnswered => _context.IsAnswered;

    internal void Deliver(SipResponse response) => FinalResponse?.Invoke(response);
}
