using System.Security.Cryptography;
using System.Text;
using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>
/// Issues web tickets and knows its own again. Its key lives as long as it does: tickets of a server that has started anew are worth nothing.
/// </summary>
internal sealed class TicketMint : IDisposable
{
    private const int KeyBytes = 32;
    private readonly byte[] _key = new byte[KeyBytes];
    private readonly RandomSource _random;
    private readonly TimeSpan _life;

    public TicketMint(RandomSource random, TimeSpan life)
    {
        _random = random;
        _life = life;
        random.Fill(_key);
    }

    /// <summary>Who issues.</summary>
    public string Issuer { get; set; } = "";

    public WebTicket Issue(string user, string audience, DateTimeOffset now)
    {
        // Times have milliseconds in the ticket: what is compared later is what was written.
        var from = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        var assertion = new SamlAssertion($"SamlSecurityToken-{_random.NextGuid()}", Issuer, audience, user, from, from + _life);
        var digest = SHA256.HashData(assertion.ToUnsigned());
        return new((assertion with { Signature = Sign(assertion.Id, digest) }).ToSigned(digest)) { Created = from, Expires = from + _life };
    }

    public TicketVerdict Judge(WebTicket? ticket, string audience, DateTimeOffset now)
    {
        if (ticket is null)
        {
            return TicketVerdict.Refuse(WebServiceErrors.NoTicket);
        }

        if (SamlAssertion.Read(ticket.Assertion) is not { } assertion
            || !CryptographicOperations.FixedTimeEquals(Sign(assertion.Id, SHA256.HashData(assertion.ToUnsigned())), assertion.Signature)
            || assertion.Issuer != Issuer)
        {
            return TicketVerdict.Refuse(WebServiceErrors.TicketInvalid);
        }

        return now < assertion.NotBefore || now >= assertion.NotOnOrAfter ? TicketVerdict.Refuse(WebServiceErrors.TicketExpired)
            : assertion.Audience != audience ? TicketVerdict.Refuse(WebServiceErrors.WrongAudience)
            : new(assertion.User, 0);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private byte[] Sign(string id, byte[] digest) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(SamlAssertion.SignedInfo(id, digest)));
}
