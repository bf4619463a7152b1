using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// The ms-keep-alive header ([MS-CONMGMT]): the client offers with <c>UAC;hop-hop=yes</c>, the server answers with the time after
/// which a silent connection wants a double CRLF.
/// </summary>
internal sealed class MsKeepAlive
{
    private readonly SipParameters _parameters;

    private MsKeepAlive(bool isServer, SipParameters parameters)
    {
        IsServer = isServer;
        _parameters = parameters;
    }

    /// <summary>What a client offers.</summary>
    public static MsKeepAlive Offer { get; } = new(isServer: false, SipParameters.Empty.With("hop-hop", "yes"));

    /// <summary>True for the answer of a server (UAS), false for the offer of a client (UAC).</summary>
    public bool IsServer { get; }

    /// <summary>True when the connection itself is kept alive.</summary>
    public bool IsHopByHop => "yes".Equals(_parameters["hop-hop"], StringComparison.OrdinalIgnoreCase);

    /// <summary>After how much silence the client must say something; null when the peer does not say or says nothing usable.</summary>
    public TimeSpan? Timeout =>
        int.TryParse(_parameters["timeout"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>What a server answers.</summary>
    /// <param name="timeout">1 s or more; parts of a second are dropped. 300 s is usual.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than a second.</exception>
    public static MsKeepAlive Answer(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromSeconds(1));
        var seconds = ((long)timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new(isServer: true, SipParameters.Empty.With("tcp", "no").With("hop-hop", "yes").With("end-end", "no").With("timeout", seconds));
    }

    /// <summary>Reads a value; unknown parameters are kept.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MsKeepAlive? value)
    {
        value = null;
        var rest = text.AsSpan().Trim(SipGrammar.Blanks);
        var semicolon = rest.IndexOf(';');
        var role = (semicolon < 0 ? rest : rest[..semicolon]).TrimEnd();
        var isServer = role.Equals("UAS", StringComparison.OrdinalIgnoreCase);
        var parameters = SipParameters.Empty;
        if ((!isServer && !role.Equals("UAC", StringComparison.OrdinalIgnoreCase))
            || (semicolon >= 0 && !SipParameters.TryParse(rest[semicolon..], out parameters)))
        {
            return false;
        }

        value = new(isServer, parameters);
        return true;
    }

    /// <summary>The value as servers and clients write it: a blank behind each semicolon in answers, none in offers.</summary>
    public override string ToString() => IsServer
        ? "UAS" + _parameters.ToString().Replace(";", "; ", StringComparison.Ordinal)
        : "UAC" + _parameters;
}
