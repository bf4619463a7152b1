using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>The handshake of [MS-SIPAE] §4.1 for a client that speaks text, step by step and with the habits of SIPE.</summary>
internal sealed class NtlmSignIn(ServerLab lab, RawClient client, string user, string password, int version = 4) : IDisposable
{
    private readonly NtlmClientContext _context = new(new SipCredentials(user, new SipPassword(password)), new SeededRandomSource(5), lab.Scheduler.Time.GetUtcNow);

    /// <summary>What the first challenge says.</summary>
    public AuthField? Offer { get; private set; }

    public string Opaque { get; private set; } = "";

    public ChallengeKind Kind { get; init; } = ChallengeKind.UserAgent;

    /// <summary>What becomes of each REGISTER before it goes out: another user's at the same gateway.</summary>
    public Func<string, string> Edit { get; init; } = head => head;

    /// <summary>What a client in this place would be: signed in, each of its messages signed.</summary>
    public static RawClient Complete(ServerLab lab, string user, string password, string? epid = null)
    {
        var client = lab.Connect(user, epid ?? user + "01");
        new NtlmSignIn(lab, client, user, password).Complete();
        return client;
    }

    /// <summary>Clears the keys; where the handshake was completed they are the association's.</summary>
    public void Dispose() => _context.Dispose();

    public SipResponse Complete()
    {
        Begin();
        AskForChallenge();
        Finish();
        return client.ExpectsResponse(200);
    }

    public SipResponse Begin()
    {
        client.Send(Edit(client.RegisterHead()));
        var challenge = client.ExpectsResponse(Kind.Status);
        Offer = FieldOf(challenge);
        return challenge;
    }

    /// <summary>The empty token, to which the server says its challenge.</summary>
    public SipResponse AskForChallenge()
    {
        Assert.Equal(SecurityContextStatus.Continue, _context.Advance(default).Status);
        client.Send(Edit(client.RegisterHead($"{Kind.AnswerHeader}: {Answer("")}")));
        var challenge = client.ExpectsResponse(Kind.Status);
        Opaque = FieldOf(challenge)!["opaque"]!;
        Token = Convert.FromBase64String(FieldOf(challenge)!["gssapi-data"]!);
        return challenge;
    }

    /// <summary>The server's token.</summary>
    public byte[] Token { get; private set; } = [];

    /// <summary>Sends the last message of the handshake, and signs from then on.</summary>
    public void Finish(Func<byte[], byte[]>? change = null) => client.SendRaw(Encoding.UTF8.GetBytes(LastMessage(change)));

    /// <summary>The last message of the handshake; the client has its association then.</summary>
    public string LastMessage(Func<byte[], byte[]>? change = null)
    {
        var step = _context.Advance(Token);
        Assert.Equal(SecurityContextStatus.Established, step.Status);
        var terms = new AssociationTerms(Kind, "NTLM", Offer!["realm"]!, Offer["targetname"]!, version);
        var association = new SecurityAssociation(AssociationRole.Client, terms, _context, new SeededRandomSource(6), Opaque);
        var field = Answer(Convert.ToBase64String(change is null ? step.Token! : change(step.Token!)), Opaque);
        var head = Edit(client.RegisterHead()).ReplaceLineEndings("\r\n") + "\r\nContent-Length: 0\r\n\r\n";
        Assert.True(SipMessage.TryParse(Encoding.UTF8.GetBytes(head), SipLimits.Default, out var message, out _));
        var signed = version == 4 ? association.Complete(field, (SipRequest)message!) : field;
        message!.Headers.Add(Kind.AnswerHeader, signed.ToString());
        client.Association = association;
        return Encoding.UTF8.GetString(message.ToBytes());
    }

    // The order and the quotes of SIPE.
    private AuthField Answer(string token, string? opaque = null)
    {
        var field = new AuthField("NTLM").WithQuoted("qop", "auth");
        field = opaque is null ? field : field.WithQuoted("opaque", opaque);
        field = field.WithQuoted("realm", Offer!["realm"]!).WithQuoted("targetname", Offer["targetname"]!).WithQuoted("gssapi-data", token);
        return version > 2 ? field.With("version", version.ToString(System.Globalization.CultureInfo.InvariantCulture)) : field;
    }

    private AuthField? FieldOf(SipResponse challenge) =>
        challenge.Headers.GetAll(Kind.ChallengeHeader).Select(text => AuthField.TryParse(text, out var field) ? field : null).FirstOrDefault(field => field!.IsScheme("NTLM"));
}
