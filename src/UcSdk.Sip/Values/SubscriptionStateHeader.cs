using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The Subscription-State header (RFC 6665 §8.4): <c>active;expires=600</c>, <c>terminated;reason=timeout</c>.</summary>
/// <param name="State"><c>active</c>, <c>pending</c>, <c>terminated</c> or an extension, in lower case.</param>
/// <param name="Parameters">expires, reason, retry-after and whatever else came.</param>
public sealed record SubscriptionStateHeader(string State, SipParameters Parameters)
{
    /// <summary>True when the subscription is over.</summary>
    public bool IsTerminated => State == "terminated";

    /// <summary>How long the subscription still lasts; null when absent or unreadable.</summary>
    public TimeSpan? Expires => ReadSeconds("expires");

    /// <summary>Why it ended: deactivated, probation, rejected, timeout, giveup, noresource, invariant; null when absent.</summary>
    public string? Reason => Parameters["reason"];

    /// <summary>When to try again; null when absent or unreadable.</summary>
    public TimeSpan? RetryAfter => ReadSeconds("retry-after");

    /// <summary><c>active;expires=N</c>.</summary>
    public static SubscriptionStateHeader Active(TimeSpan expires) =>
        new("active", SipParameters.Empty.With("expires", ((long)expires.TotalSeconds).ToString(CultureInfo.InvariantCulture)));

    /// <summary><c>pending;expires=N</c>.</summary>
    public static SubscriptionStateHeader Pending(TimeSpan expires) => Active(expires) with { State = "pending" };

    /// <summary><c>terminated;reason=R</c>, with <c>;retry-after=N</c> where the subscriber is to wait.</summary>
    public static SubscriptionStateHeader Terminated(string reason, TimeSpan? retryAfter = null)
    {
        var parameters = SipParameters.Empty.With("reason", reason);
        return new("terminated", retryAfter is { } wait ? parameters.With("retry-after", ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)) : parameters);
    }

    /// <summary>The state that a NOTIFY, or a 200 with a notification inside, tells; null when it tells none that can be read.</summary>
    public static SubscriptionStateHeader? Of(SipMessage message) => TryParse(message.Headers[HeaderName.SubscriptionState], out var state) ? state : null;

    /// <summary>Reads a value.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SubscriptionStateHeader? value)
    {
        value = null;
        var rest = text.AsSpan().Trim(SipGrammar.Blanks);
        var semicolon = rest.IndexOf(';');
        var state = (semicolon < 0 ? rest : rest[..semicolon]).TrimEnd();
        var parameters = SipParameters.Empty;
        if (!SipGrammar.IsToken(state) || (semicolon >= 0 && !SipParameters.TryParse(rest[semicolon..], out parameters)))
        {
            return false;
        }

        value = new(state.ToString().ToLowerInvariant(), parameters);
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => State + Parameters;

    private TimeSpan? ReadSeconds(string name) =>
        uint.TryParse(Parameters[name], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
