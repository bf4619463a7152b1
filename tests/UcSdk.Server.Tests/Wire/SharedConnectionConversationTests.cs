using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Several users on one connection, a gateway's: what each has signed counts for that user alone, in responses, in dialogs and for CANCEL.</summary>
public sealed class SharedConnectionConversationTests : IDisposable
{
    private readonly ServerLab _lab = new(options => options with
    {
        Users = [new("alice") { Password = new("wonderland") }, new("bob") { Password = new("builder") }, new("carol"), new("office")],
        Applications = [new Diversion()],
    });

    private readonly RawClient _carol;
    private readonly RawClient _gateway;
    private readonly SecurityAssociation _alices;
    private readonly SecurityAssociation _bobs;

    public SharedConnectionConversationTests()
    {
        _carol = _lab.SignIn("carol");
        _gateway = NtlmSignIn.Complete(_lab, "alice", "wonderland");
        _alices = _gateway.Association!;
        _gateway.Association = null;
        new NtlmSignIn(_lab, _gateway, "bob", "builder")
        {
            Edit = head => head.Replace("sip:alice@", "sip:bob@", StringComparison.Ordinal).Replace("login-", "bobs-", StringComparison.Ordinal),
        }.Complete();
        _bobs = _gateway.Association!;
        Assert.Equal(3, _lab.Counts.Bindings);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void What_one_user_was_asked_another_does_not_answer()
    {
        As(_alices);
        _carol.Request("MESSAGE", _gateway.Address, "m1");
        var message = _gateway.ExpectsRequest("MESSAGE");
        As(_bobs);
        _gateway.Answer(message, 603);
        _carol.ExpectsNothing();
        As(_alices);
        _gateway.Answer(message, 200);
        _carol.ExpectsResponse(200);
    }

    [Fact]
    public void A_dialog_is_ended_by_its_own_user_only()
    {
        As(_alices);
        var focus = _gateway.CreateConference("ABCDEFGH");
        var joined = _gateway.Join(focus);
        Assert.Equal(1, _lab.Counts.FocusDialogs);

        // The tags are right, and From names who signs; it is another user's dialog all the same.
        As(_bobs);
        Bye(_gateway, joined, "bob", 2);
        _gateway.ExpectsResponse(403);
        // As does one who signs nothing and has somehow learnt the tags.
        Bye(_carol, joined, "alice", 3);
        _carol.ExpectsResponse(403);
        Assert.Equal(1, _lab.Counts.FocusDialogs);

        As(_alices);
        Bye(_gateway, joined, "alice", 4);
        _gateway.ExpectsResponse(200);
        Assert.Equal(0, _lab.Counts.FocusDialogs);
    }

    [Fact]
    public void An_acknowledgement_of_another_user_acknowledges_nothing()
    {
        As(_alices);
        var focus = _gateway.CreateConference("ABCDEFGH");
        _gateway.SendJoin(focus, "join");
        var answer = _gateway.ExpectsResponse(200);
        As(_bobs);
        InDialog(_gateway, "ACK", answer, "bob", 1);
        _lab.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(answer.ToBytes(), _gateway.ExpectsResponse(200).ToBytes());
        As(_alices);
        InDialog(_gateway, "ACK", answer, "alice", 1);
        _lab.Advance(TimeSpan.FromSeconds(1));
        _gateway.ExpectsNothing();
    }

    [Fact]
    public void A_call_is_cancelled_by_its_caller_only()
    {
        As(_alices);
        _gateway.Request("INVITE", _carol.Address, "call");
        var invite = _carol.ExpectsRequest("INVITE");
        _carol.Answer(invite, 180);
        _gateway.Expects("SIP/2.0 180");
        As(_bobs);
        _gateway.Cancel("<sip:bob@contoso.test>;tag=1");
        _gateway.ExpectsResponse(481);
        _carol.ExpectsNothing();
        As(_alices);
        _gateway.Cancel();
        _gateway.ExpectsResponse(200);
        var cancel = _carol.ExpectsRequest("CANCEL");
        _carol.Answer(cancel, 200);
        _carol.Answer(invite, 487);
        _carol.ExpectsRequest("ACK");
        _gateway.ExpectsResponse(487);
    }

    [Fact]
    public void What_was_diverted_is_signed_with_the_keys_of_whom_it_reaches()
    {
        foreach (var (user, keys) in new[] { ("alice", _alices), ("bob", _bobs) })
        {
            As(keys);
            _carol.Request("INVITE", "sip:office@contoso.test", "call-" + user, "Subject: for " + user);
            var invite = _gateway.ExpectsRequest("INVITE");
            Assert.Equal("office", invite.To!.Uri.User);
            _gateway.Answer(invite, 180);
            _carol.Cancel();
            _carol.ExpectsResponse(200);
            var cancel = _gateway.ExpectsRequest("CANCEL");
            _gateway.Answer(cancel, 200);
            _gateway.Answer(invite, 487);
            _gateway.ExpectsRequest("ACK");
            _carol.ExpectsResponse(487);
            Assert.Empty(_gateway.Unsigned);
        }
    }

    private static void Bye(RawClient client, SipResponse established, string user, int cseq) => InDialog(client, "BYE", established, user, cseq);

    private static void InDialog(RawClient client, string method, SipResponse established, string user, int cseq) => client.Send(
        $"""
        {method} {established.Contact!.Uri} SIP/2.0
        Via: SIP/2.0/tcp 10.0.0.5:50000;branch=z9hG4bK{method}{user}{cseq}
        From: <sip:{user}@contoso.test>;tag={established.From!.Tag}
        To: {established.Headers[HeaderName.To]}
        Max-Forwards: 70
        CSeq: {cseq} {method}
        Call-ID: {established.CallId}
        """);

    // What the gateway says and verifies from now on.
    private void As(SecurityAssociation association)
    {
        _gateway.Association = association;
        _gateway.Unsigned.Clear();
    }

    /// <summary>Calls to the office go to whom the subject names.</summary>
    private sealed class Diversion : IServerApplication
    {
        public bool Handle(ServerRequest request)
        {
            if (request.Message.Uri?.User != "office")
            {
                return false;
            }

            request.Forward([new ProxyTarget(SipUri.Parse($"sip:{request.Message.Headers[HeaderName.Subject]![4..]}@contoso.test"))]);
            return true;
        }
    }
}
