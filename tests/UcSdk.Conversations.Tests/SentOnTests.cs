using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>Whom an invitation was for before the server sent it on, who asked for it, and for whom its sender speaks: from end to end.</summary>
public sealed class SentOnTests
{
    private static readonly SipUri Sales = SipUri.Parse("sip:sales@contoso.test");

    [Fact]
    public void Who_writes_to_sales_talks_with_bob_who_knows_that_it_was_for_sales() => World.Tell(
        async world =>
        {
            var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
            var (atAlice, atBob) = (new Chat(), new Chat());
            atBob.Answers(bob);
            atAlice.Observe(await alice.Client.ConversationManager.AddConversationAsync());
            await atAlice.Conversation.AddParticipantAsync(Sales.Text);

            Assert.True((await atAlice.Messages.SendMessageAsync("Two boxes, please")).IsDelivered);

            var invitation = atBob.Messages.Invitation!;
            Assert.Equal(
                ("sip:alice@contoso.test", "sip:sales@contoso.test", "sip:carol@contoso.test", "sip:dave@contoso.test", false),
                (invitation.InviterUri, invitation.ForwardedBy, invitation.ReferredBy, invitation.OnBehalfOf, invitation.IsPageMode));
            Assert.Equal(("sip:alice@contoso.test", "sip:dave@contoso.test"), (atBob.Conversation.Properties.Inviter, atBob.Conversation.Properties.RepresentedBy));
            Assert.True((await atBob.Messages.SendMessageAsync("Of which?")).IsDelivered);
            Assert.Equal(["alice: Two boxes, please", "bob: Of which?"], atBob.Shown);
        },
        With(SendOn));

    [Fact]
    public void A_single_message_of_a_plain_client_says_so_too() => World.Tell(
        async world =>
        {
            var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
            var atBob = new Chat();
            atBob.Answers(bob);

            var status = await SendAsync(alice, Sales);

            Assert.Equal(200, status);
            var invitation = atBob.Messages.Invitation!;
            Assert.Equal(
                ("sip:alice@contoso.test", "sip:sales@contoso.test", "sip:carol@contoso.test", "sip:dave@contoso.test", true),
                (invitation.InviterUri, invitation.ForwardedBy, invitation.ReferredBy, invitation.OnBehalfOf, invitation.IsPageMode));
            Assert.Equal(["alice: Hello"], atBob.Shown);
        },
        With(SendOn));

    [Fact]
    public void What_comes_straight_was_sent_on_by_nobody_at_neither_of_two_endpoints() => World.Tell(
        async world =>
        {
            var alice = await world.SignInAsync("alice");
            var (desk, phone) = (await world.SignInAsync("bob", "desk"), await world.SignInAsync("bob", "phone"));
            var (atAlice, atDesk) = (new Chat(), new Chat());
            atDesk.Answers(desk);
            phone.Client.ConversationManager.ModalityInvitationHandler = (_, _) => world.DelayAsync(TimeSpan.FromSeconds(5));
            await atAlice.BeginAsync(alice, desk);

            Assert.True((await atAlice.Messages.SendMessageAsync("Hello")).IsDelivered);

            Assert.Equal((null, null, null), (atDesk.Messages.Invitation!.ForwardedBy, atDesk.Messages.Invitation.ReferredBy, atDesk.Messages.Invitation.OnBehalfOf));
        });

    // A desk that takes what is for sales, asks in carol's name, and vouches for dave.
    private static bool SendOn(ServerRequest request)
    {
        if (!Sales.Equals(request.Message.Uri))
        {
            return false;
        }

        request.Message.Headers.Add(HeaderName.ReferredBy, "<sip:carol@contoso.test>");
        request.Message.Headers[HeaderName.PAssertedIdentity] = "<sip:dave@contoso.test>";
        request.Retarget(SipUri.Parse("sip:bob@contoso.test"));
        return false;
    }

    private static async Task<int> SendAsync(Person person, SipUri target)
    {
        var connection = person.Client.Connection!;
        var request = connection.CreateRequest(SipMethod.Message, target);
        request.SetBody("text/plain", "Hello"u8.ToArray());
        return (await connection.Endpoint.SendAsync(request, connection.Flow)).StatusCode;
    }

    private static WorldOptions With(Func<ServerRequest, bool> handle) => new() { Server = options => options with { Applications = [new Application(handle)] } };

    private sealed class Application(Func<ServerRequest, bool> handle) : IServerApplication
    {
        public bool Handle(ServerRequest request) => handle(request);
    }
}
