using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// Where a location profile is asked for: <c>sip:user@domain;gruu;opaque=app:locationprofile:get;default</c>, or with <c>phone-context=NAME</c> for another than the
/// user's own ([MS-SIPRE] §2.2.3 and §3.8.5.1).
/// </summary>
/// <param name="User">The user whose profile it is, <c>sip:user@domain</c>.</param>
/// <param name="Name">The profile; null for the user's own.</param>
public sealed record LocationProfileUri(string User, string? Name = null)
{
    private const string Opaque = ";opaque=app:locationprofile:get";
    private const string Context = ";phone-context=";

    /// <summary>The URI.</summary>
    public string Text => $"{User};gruu{Opaque}{(Name is null ? ";default" : Context + Name)}";

    /// <summary>Takes such a URI apart.</summary>
    /// <param name="text">A Request-URI.</param>
    /// <param name="uri">The parts.</param>
    /// <param name="isAmbiguous">True when it asks for a profile and does not say for which, which is answered 485.</param>
    /// <returns>True for a URI that asks for a profile and says for which.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out LocationProfileUri? uri, out bool isAmbiguous)
    {
        ArgumentNullException.ThrowIfNull(text);
        uri = null;
        isAmbiguous = false;
        var end = text.IndexOf(';', StringComparison.Ordinal);
        if (end < 0 || !text.Contains(Opaque, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string? name = null;
        var isDefault = false;
        foreach (var part in text[end..].Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            isDefault |= part.Equals("default", StringComparison.OrdinalIgnoreCase);
            name ??= part.StartsWith(Context[1..], StringComparison.OrdinalIgnoreCase) ? part[(Context.Length - 1)..] : null;
        }

        isAmbiguous = !isDefault && string.IsNullOrEmpty(name);
        uri = isAmbiguous ? null : new(text[..end], isDefault ? null : name);
        return uri is not null;
    }
}
