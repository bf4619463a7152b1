using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Where calls can go: a person, a phone, or voice mail.</summary>
public sealed record CallForwardingTarget
{
    private CallForwardingTarget(string? uri) => Uri = uri;

    /// <summary>The user's voice mail.</summary>
    public static CallForwardingTarget VoiceMail { get; } = new((string?)null);

    /// <summary>The address as it is on the wire; null for voice mail.</summary>
    public string? Uri { get; }

    /// <summary>Whether it is a phone number.</summary>
    public bool IsPhone => Uri is { } uri && SipUri.TryParse(uri, out var parsed) && parsed.Parameters["user"] == "phone";

    /// <summary>A person.</summary>
    /// <param name="uri">Who, <c>sip:user@domain</c>.</param>
    /// <exception cref="ArgumentException">That is no address of a user.</exception>
    public static CallForwardingTarget Contact(string uri) => new(UserAddress.Parse(uri, nameof(uri)).Text);

    /// <summary>A phone.</summary>
    /// <param name="number">The number in global form, <c>+14255550100</c>; <see cref="LyncClient.NormalizePhoneNumber"/> makes one of others.</param>
    /// <param name="domain">The domain of the user, whose gateway is used.</param>
    /// <exception cref="ArgumentException">That is no such number, or no domain.</exception>
    public static CallForwardingTarget Phone(string number, string domain)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(number);
        ArgumentException.ThrowIfNullOrWhiteSpace(domain);
        return DialPlan.None.TryNormalize(number, out var normal) && SipUri.TryParse($"sip:{normal}@{domain};user=phone", out var uri)
            ? new(uri.Text)
            : throw new ArgumentException("A number in global form is wanted: + and digits.", nameof(number));
    }

    /// <summary>The kind; never the address.</summary>
    public override string ToString() => Uri is null ? "voice mail" : IsPhone ? "phone" : "contact";

    internal static CallForwardingTarget Of(RoutingTarget target) => target.Uri is { Length: > 0 } uri ? new(uri) : VoiceMail;

    internal RoutingTarget ToRoutingTarget() => Uri is null ? new RoutingTarget(null, RoutingTarget.Voicemail) : new RoutingTarget(Uri);
}
