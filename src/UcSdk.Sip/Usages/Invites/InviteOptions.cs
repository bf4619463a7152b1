namespace UcSdk.Sip;

/// <summary>How an INVITE is sent.</summary>
public sealed record InviteOptions
{
    /// <summary>The flow to use; null lets <see cref="SipEndpoint.RouteRequest"/> choose.</summary>
    public SipFlow? Flow { get; init; }

    /// <summary>
    /// How long to wait for a final response before the INVITE is cancelled (reason <see cref="InviteReason.NoAnswer"/>), more than zero; null waits as long as the network does.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan? RingTimeout
    {
        get;
        init
        {
            if (value is { } patience)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero);
            }

            field = value;
        }
    }

    /// <summary>How long the session may live without a refresh; null, the default, for <see cref="SipEndpointOptions.SessionTimer"/>.</summary>
    public SessionTimerOptions? SessionTimer { get; init; }

    /// <summary>Where the INVITE goes when the end of <see cref="Flow"/> fails.</summary>
    internal ServerSet? Servers { get; init; }
}
