using UcSdk.Sip;

namespace UcSdk;

/// <summary>Reads the address of a user as people write it: with or without <c>sip:</c>.</summary>
internal static class UserAddress
{
    /// <exception cref="ArgumentException">The text is not the address of a user.</exception>
    public static SipUri Parse(string text, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, parameter);
        var whole = text.Contains(':', StringComparison.Ordinal) ? text : "sip:" + text;
        return SipUri.TryParse(whole, out var uri) && uri is { IsSip: true, User.Length: > 0, Host.Length: > 0 }
            ? uri
            : throw new ArgumentException("The address of a user is wanted: sip:user@domain.", parameter);
    }
}
