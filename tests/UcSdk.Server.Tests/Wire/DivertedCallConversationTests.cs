using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>In a call that was sent on, the callee speaks under the name that was called (RFC 3261 §12.2.1.1); nobody else does, and nowhere else.</summary>
public sealed class DivertedCallConversationTests
{
    private const string Note = "Content-Type: text/plain";
    private const string Sales = "sip:sales@contoso.test";

    [Fact]
    public void Who_was_called_under_another_name_speaks_under_it_in_that_dialog_only()
    {
        using var lab = new ServerLab(WithSales);
        var (alice, bob, carol) = (lab.SignIn("alice"), lab.SignIn("bob"), lab.SignIn("carol"));
        var invite = Establish(alice, bob);

        Say(bob, invite, 7);
        var message = alice.ExpectsRequest("MESSAGE");
        Assert.Equal((Sales, "7"), (message.From!.Uri.Text, message.BodyText));
        alice.Answer(message, 200);
        bob.ExpectsResponse(200);

        // Others know the tags, or the name.
        Say(carol, invite, 8);
        carol.ExpectsResponse(403);
        Say(bob, invite, 9, callId: "other");
        bob.ExpectsResponse(403);
        Say(bob, invite, 10, toTag: "other");
        bob.ExpectsResponse(403);
        Say(bob, invite, 11, from: "<sip:carol@contoso.test>;tag=tbob01");
        bob.ExpectsResponse(403);
        bob.Request("MESSAGE", alice.Address, "note", Note, "hello", from: $"<{Sales}>;tag=1");
        bob.ExpectsResponse(403);
        alice.ExpectsNothing();
    }

    [Fact]
    public void Where_everything_is_signed_it_is_signed_as_who_it_is_and_the_other_side_is_told_who()
    {
        using var lab = new ServerLab(options => WithSales(options) with { Users = [new("alice") { Password = new("wonderland") }, new("bob") { Password = new("builder"), DisplayName = "Bob" }] });
        var (alice, bob) = (NtlmSignIn.Complete(lab, "alice", "wonderland"), NtlmSignIn.Complete(lab, "bob", "builder"));
        var invite = Establish(alice, bob);

        Say(bob, invite, 7);

        var message = alice.ExpectsRequest("MESSAGE");
        Assert.Equal((Sales, "\"Bob\" <sip:bob@contoso.test>"), (message.From!.Uri.Text, message.Headers[HeaderName.PAssertedIdentity]));
        alice.Answer(message, 200);
        bob.ExpectsResponse(200);
        Say(alice, invite, 8, toTag: invite.From!.Tag);
        alice.ExpectsResponse(403);
        bob.ExpectsNothing();
        Assert.Empty(alice.Unsigned);
        Assert.Empty(bob.Unsigned);
    }

    [Fact]
    public void With_a_password_on_the_connection_the_same_holds_by_Digest()
    {
        using var lab = new ServerLab(options => WithSales(options) with
        {
            Users = [new("alice"), new("bob") { DisplayName = "Bob", Password = new SipPassword("builder") }],
            Authentication = options.Authentication with { Schemes = [SipAuthenticationScheme.Digest] },
        });
        var alice = lab.SignIn("alice");
        var bob = lab.Connect("bob", "bob01");
        bob.Register();
        var challenge = bob.ExpectsResponse(401);
        bob.Register("Authorization: " + AuthenticationConversationTests.Answer(challenge, "bob", "builder"));
        bob.ExpectsResponse(200);
        var invite = Establish(alice, bob);

        Say(bob, invite, 7);

        Assert.Equal("\"Bob\" <sip:bob@contoso.test>", alice.ExpectsRequest("MESSAGE").Headers[HeaderName.PAssertedIdentity]);
    }

    private static SipRequest Establish(RawClient alice, RawClient bob)
    {
        alice.Request("INVITE", Sales, "im", "Content-Type: application/sdp", "v=0");
        var invite = bob.ExpectsRequest("INVITE");
        bob.Answer(invite, 200, $"Contact: <{bob.Gruu}>", toTag: "tbob01");
        var accepted = alice.ExpectsResponse(200);
        alice.InDialog("ACK", accepted, 1);
        bob.ExpectsRequest("ACK");
        return invite;
    }

    // As the callee: the route set in its order, and the tags the other way round.
    private static void Say(RawClient client, SipRequest invite, int cseq, string? callId = null, string? toTag = null, string? from = null) => client.Send(
        $"""
        MESSAGE {invite.Contact!.Uri} SIP/2.0
        Via: SIP/2.0/tcp 10.0.0.5:50000
        From: {from ?? $"<{Sales}>;tag=tbob01"}
        To: {invite.Headers[HeaderName.From]!.Replace($"tag={invite.From!.Tag}", $"tag={toTag ?? invite.From.Tag}", StringComparison.Ordinal)}
        Max-Forwards: 70
        CSeq: {cseq} MESSAGE
        Call-ID: {callId ?? invite.CallId}
        {Note}
        """
        + string.Concat(invite.Headers.GetList(HeaderName.RecordRoute).Select(route => "\nRoute: " + route)),
        $"{cseq}");

    private static UcServerOptions WithSales(UcServerOptions options) => options with { Applications = [new SendOn()] };

    private sealed class SendOn : IServerApplication
    {
        public bool Handle(ServerRequest request)
        {
            if (request.Message.UriText == Sales)
            {
                request.Retarget(SipUri.Parse("sip:bob@contoso.test"));
            }

            return false;
        }
    }
}
