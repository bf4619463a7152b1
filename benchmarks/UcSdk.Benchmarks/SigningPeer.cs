using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>
/// A client that signs in by NTLM and then keeps nothing but its end of the connection: what is kept after that is the server's.
/// </summary>
internal sealed class SigningPeer(ISipTransport transport, string user, SipPassword password, RandomSource random, TimeProvider time) : ISipTransportEvents
{
    private readonly string _epid = random.NextHex(5);
    private TaskCompletionSource<SipResponse>? _answer;
    private int _cseq;

    public async Task SignInAsync(SipTransportAddress server)
    {
        await transport.StartAsync(this, default);
        var flow = await transport.ConnectAsync(server, default);
        using var context = new NtlmClientContext(new SipCredentials(user, password), random, time.GetUtcNow);
        var offer = ChallengeOf(await AskAsync(flow, Register()));
        var field = new AuthField("NTLM").WithQuoted("qop", "auth").WithQuoted("realm", offer["realm"]!).WithQuoted("targetname", offer["targetname"]!);
        var empty = Register();
        context.Advance(default);
        empty.Headers.Add(HeaderName.Authorization, field.WithQuoted("gssapi-data", "").With("version", "4").ToString());
        var challenge = ChallengeOf(await AskAsync(flow, empty));
        var step = context.Advance(Convert.FromBase64String(challenge["gssapi-data"]!));
        var terms = new AssociationTerms(ChallengeKind.UserAgent, "NTLM", offer["realm"]!, offer["targetname"]!, AssociationTerms.LastVersion);
        var association = new SecurityAssociation(AssociationRole.Client, terms, context, random, challenge["opaque"]);
        var last = Register();
        field = field.WithQuoted("opaque", challenge["opaque"]!).WithQuoted("gssapi-data", Convert.ToBase64String(step.Token!)).With("version", "4");
        last.Headers.Add(HeaderName.Authorization, association.Complete(field, last).ToString());
        var granted = await AskAsync(flow, last);
        _answer = null;
        if (granted.StatusCode != StatusCode.Ok || association.Check(granted) != AssociationOutcome.Accepted)
        {
            throw new InvalidOperationException($"{user} is not signed in: {granted}.");
        }
    }

    void ISipTransportEvents.FlowOpened(SipFlow flow)
    {
    }

    void ISipTransportEvents.FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error)
    {
    }

    void ISipTransportEvents.MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        if (SipMessage.TryParse(message, SipLimits.Default, out var parsed, out _) && parsed is SipResponse response)
        {
            _answer?.TrySetResult(response);
        }
    }

    private static AuthField ChallengeOf(SipResponse response)
    {
        foreach (var text in response.Headers.GetAll(HeaderName.WwwAuthenticate))
        {
            if (AuthField.TryParse(text, out var field) && field.IsScheme("NTLM"))
            {
                return field;
            }
        }

        throw new InvalidOperationException($"No challenge in {response}.");
    }

    private async Task<SipResponse> AskAsync(SipFlow flow, SipRequest request)
    {
        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await transport.SendAsync(flow, request.ToBytes(), default);
        return await _answer.Task;
    }

    private SipRequest Register()
    {
        var text = $"""
            REGISTER sip:contoso.test SIP/2.0
            Via: SIP/2.0/TCP {user}.example;branch=z9hG4bK{user}{++_cseq}
            From: <sip:{user}@contoso.test>;tag=1;epid={_epid}
            To: <sip:{user}@contoso.test>
            Max-Forwards: 70
            CSeq: {_cseq} REGISTER
            Call-ID: {user}
            Contact: <sip:{user}.example;transport=tcp>;proxy=replace
            Content-Length: 0


            """;
        return SipMessage.TryParse(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), SipLimits.Default, out var message, out _) ? (SipRequest)message! : throw new FormatException(text);
    }
}
