using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Fuzz;

/// <summary>One header: its own grammar, and its reader.</summary>
/// <param name="Name">The header.</param>
/// <param name="Generate">Makes a value that mostly is one.</param>
/// <param name="Read">Reads a value and writes it; null when it is none.</param>
internal sealed record HeaderTarget(HeaderName Name, Func<SipGenerator, string> Generate, Func<string, string?> Read)
{
    /// <summary>Every header that has a reader of its own.</summary>
    public static readonly IReadOnlyList<HeaderTarget> All =
    [
        .. new[] { HeaderName.From, HeaderName.To, HeaderName.Contact, HeaderName.Route, HeaderName.RecordRoute, HeaderName.PAssertedIdentity, HeaderName.PPreferredIdentity }
            .Select(name => new HeaderTarget(name, maker => maker.Address(), ReadAddress)),
        new(HeaderName.Via, maker => maker.Via(), text => Via.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.CSeq, maker => $"{maker.Number()} {maker.Method()}", text => CSeq.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.RAck, maker => $"{maker.Number()} {maker.Number()} {maker.Method()}", text => RAck.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.SessionExpires, maker => $"{maker.Number()};refresher={maker.OneOf("uac", "uas", "UAC", "x")}{maker.Parameters()}",
            text => SessionExpiresHeader.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.SubscriptionState, maker => $"{maker.OneOf("active", "pending", "terminated", "x")};{maker.OneOf("expires", "reason", "retry-after")}={maker.Number()}{maker.Parameters()}",
            text => SubscriptionStateHeader.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.ReferTo, maker => $"<{maker.SipUri()}?{maker.OneOf("Replaces", "x")}=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2&y={maker.Number()}>{maker.Parameters()}",
            text => ReferTo.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.ReferredBy, maker => $"{maker.Address()};cid={maker.OneOf("\"2UWQFN309shb3@x\"", "a@b", "\"\"")}",
            text => ReferredBy.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.Of("Replaces"), maker => $"{maker.Word()}@x;{maker.OneOf("to-tag", "from-tag")}={maker.Word()};from-tag={maker.Word()}{maker.OneOf("", ";early-only")}{maker.Parameters()}",
            text => Replaces.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.Reason, maker => $"{maker.OneOf("SIP", "Q.850", "x y")};cause={maker.Number()};text={maker.Word()}{maker.Parameters()}",
            text => ReasonHeader.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.WwwAuthenticate, maker => $"Digest realm={maker.Word()},nonce={maker.Word()}, qop=\"auth,auth-int\",algorithm={maker.OneOf("MD5", "SHA-256", "x")}",
            text => AuthField.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.Authorization, maker => $"Digest username={maker.Word()},realm={maker.Word()},uri=\"{maker.SipUri()}\",response={maker.Word()},nc=0000000{maker.Number()}",
            text => AuthField.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.MsDiagnostics, maker => $"{maker.Number()};reason={maker.Word()};source={maker.Word()}{maker.Parameters()}",
            text => MsDiagnostics.TryParse(text, out var value) ? value.ToString() : null),
        new(HeaderName.MsKeepAlive, maker => $"UA{maker.OneOf("C", "S", "x")};tcp={maker.OneOf("no", "yes")};timeout={maker.Number()}{maker.Parameters()}",
            text => MsKeepAlive.TryParse(text, out var value) ? (value.IsServer ? "UAS" : "UAC") : null),
    ];

    /// <summary>Reads a value; what is then written is read again as the same.</summary>
    public void Run(string text)
    {
        var before = ScanMeter.Visited;
        var written = Read(text);
        var (visited, size) = (ScanMeter.Visited - before, Encoding.UTF8.GetByteCount(text));
        // Four times what one walk may take: a reader looks parameters up by their names, and what it has read is written here.
        FuzzFinding.Require(visited <= 4 * SipTargets.VisitsOf(size), $"a {Name} looks at no byte more than 32 times: {visited} for {size}: {text}");
        FuzzFinding.Require(written is null || Read(written) == written, $"a {Name} survives being written: {text} → {written}");
    }

    private static string? ReadAddress(string text) => NameAddr.TryParse(text, out var value) ? value.ToString() : null;
}
