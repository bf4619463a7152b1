using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace UcSdk.Sip;

/// <summary>A value of From, To, Contact, Route, Record-Route and their kin: display name, URI, header parameters (RFC 3261 §20.10, §25.1).</summary>
public sealed class NameAddr
{
    /// <summary>Builds a value.</summary>
    public NameAddr(SipUri uri, string? displayName = null, SipParameters? parameters = null)
    {
        Uri = uri;
        DisplayName = displayName ?? "";
        Parameters = parameters ?? SipParameters.Empty;
    }

    /// <summary>The display name without quotes; empty when absent.</summary>
    public string DisplayName { get; }

    /// <summary>The address.</summary>
    public SipUri Uri { get; }

    /// <summary>The parameters behind the angle brackets: tag, epid, expires, +sip.instance …</summary>
    public SipParameters Parameters { get; }

    /// <summary>The tag of From and To; null when absent.</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>The endpoint identifier that Lync peers put beside the tag ([MS-SIPRE] §2.2); null when absent.</summary>
    public string? Epid => Parameters["epid"];

    /// <summary>This value with one parameter set.</summary>
    public NameAddr WithParameter(string name, string? value = null) => new(Uri, DisplayName, Parameters.With(name, value));

    /// <summary>This value without one parameter.</summary>
    public NameAddr WithoutParameter(string name) => new(Uri, DisplayName, Parameters.Without(name));

    /// <summary>Reads one value; a comma list is not one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NameAddr? value)
    {
        value = null;
        if (text is null)
        {
            return false;
        }

        var rest = text.AsSpan().Trim();
        var displayName = "";
        if (!rest.IsEmpty && rest[0] == '"')
        {
            var end = SipGrammar.FindQuoteEnd(rest, 0);
            if (end < 0)
            {
                return false;
            }

            displayName = SipGrammar.Unquote(rest[..(end + 1)]);
            rest = rest[(end + 1)..].TrimStart();
            if (rest.IsEmpty || rest[0] != '<')
            {
                return false;
            }
        }

        var open = rest.IndexOf('<');
        return open < 0 ? TryParseAddrSpec(rest, out value) : TryParseBracketed(rest, open, displayName, out value);
    }

    /// <summary>The value as it stands in a header; the URI always in angle brackets.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (DisplayName.Length > 0)
        {
            text.Append(SipGrammar.Quote(DisplayName)).Append(' ');
        }

        text.Append('<').Append(Uri.Text).Append('>');
        Parameters.AppendTo(text);
        return text.ToString();
    }

    // RFC 3261 §20.10: without angle brackets, what follows the first semicolon belongs to the header, not to the URI.
    private static bool TryParseAddrSpec(ReadOnlySpan<char> rest, [NotNullWhen(true)] out NameAddr? value)
    {
        value = null;
        var semicolon = rest.IndexOf(';');
        var address = (semicolon < 0 ? rest : rest[..semicolon]).Trim();
        var parameters = SipParameters.Empty;
        if (address.Contains('?') || address.Contains(','))
        {
            return false;
        }

        if ((semicolon >= 0 && !SipParameters.TryParse(rest[semicolon..], out parameters)) || !SipUri.TryParse(address.ToString(), out var uri))
        {
            return false;
        }

        value = new NameAddr(uri, null, parameters);
        return true;
    }

    private static bool TryParseBracketed(ReadOnlySpan<char> rest, int open, string displayName, [NotNullWhen(true)] out NameAddr? value)
    {
        value = null;
        var close = rest.IndexOf('>');
        if (close < open)
        {
            return false;
        }

        if (open > 0)
        {
            displayName = rest[..open].Trim().ToString();
        }

        var tail = rest[(close + 1)..].Trim();
        if (!tail.IsEmpty && tail[0] != ';')
        {
            return false;
        }

        if (!SipUri.TryParse(rest[(open + 1)..close].Trim().ToString(), out var uri) || !SipParameters.TryParse(tail, out var parameters))
        {
            return false;
        }

        value = new NameAddr(uri, displayName, parameters);
        return true;
    }
}
