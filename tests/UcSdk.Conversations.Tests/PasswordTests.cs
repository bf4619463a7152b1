using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>Signing in where the server asks for passwords.</summary>
public sealed class PasswordTests
{
    [Fact]
    public void Alice_signs_in_with_her_password_stays_for_hours_and_meets() => World.Tell(
        async world =>
        {
            var alice = world.Introduce("alice");
            var stages = new List<string>();
            alice.Client.SignInProgress.Subscribe(stage => stages.Add($"{stage.Stage}{(stage.Scheme is { } scheme ? " by " + scheme : "")}"));
            await alice.Client.SignInAsync(alice.Address);
            await world.DelayAsync(TimeSpan.FromSeconds(1));
            Assert.Equal("Authenticate by NTLM", stages[2]);
            Assert.Equal(["Connect", "Register", "Provision", "Done"], stages.Where(stage => !stage.StartsWith("Authenticate", StringComparison.Ordinal)));

            // Three until the association stands, then a refresh in every two hours, which is signed and needs no more.
            await world.DelayAsync(TimeSpan.FromHours(5));
            Assert.Equal("SigningIn → SignedIn (SignedIn)", alice.HistoryOf(alice.Client)[^1]);
            Assert.Equal(5, world.Wire.Count("alice → server REGISTER alice registration"));

            await alice.MeetAsync();
            await alice.JoinAsync();
            Assert.Equal(ConversationState.Active, alice.Conversation!.State);
        },
        With("alice", "wonderland"));

    [Fact]
    public void A_wrong_password_is_refused_by_name_and_status() => World.Tell(
        async world =>
        {
            var failure = await RefusedAsync(world, "alice");

            Assert.Equal((SignInStage.Register, 401), (failure.Stage, failure.StatusCode));
            Assert.Contains("401 Unauthorized", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("guess", failure.ToString(), StringComparison.Ordinal);

            // Three in which NTLM fails, and then one by Digest.
            Assert.Equal(4, world.Wire.Count("alice → server REGISTER alice registration"));
        },
        With("alice", "guess"));

    [Fact]
    public void An_unknown_user_is_refused_as_a_wrong_password_is() => World.Tell(
        async world =>
        {
            var zoe = await RefusedAsync(world, "zoe");
            var alice = await RefusedAsync(world, "alice");

            Assert.Equal((alice.Stage, alice.StatusCode, alice.Message), (zoe.Stage, zoe.StatusCode, zoe.Message));
            Assert.Equal(4, world.Wire.Count("zoe → server REGISTER zoe registration"));
        },
        With("alice", "guess"));

    [Fact]
    public void Without_a_password_the_challenge_is_the_refusal() => World.Tell(
        async world =>
        {
            Assert.Equal(401, (await RefusedAsync(world, "alice")).StatusCode);
            Assert.Equal(1, world.Wire.Count("alice → server REGISTER alice registration"));
        },
        With("alice", null));

    [Fact]
    public void The_name_that_goes_with_the_password_may_be_another_form_of_the_address() => World.Tell(
        async world => Assert.Equal(ClientState.SignedIn, (await world.SignInAsync("alice")).Client.State),
        With("alice@contoso.test", "wonderland"));

    private static WorldOptions With(string userName, string? password) => new()
    {
        Server = options => options with { Users = [new UcServerUser("alice") { Password = new SipPassword("wonderland") }, new UcServerUser("bob")] },
        Client = options => options with
        {
            Password = password is null ? null : new SipPassword(password),
            UserName = userName.Contains('@', StringComparison.Ordinal) ? userName : null,
        },
    };

    private static async Task<RegisterException> RefusedAsync(World world, string name)
    {
        var person = world.Introduce(name);
        var failure = await Assert.ThrowsAsync<RegisterException>(() => person.Client.SignInAsync(person.Address));
        Assert.Equal("SigningIn → SignedOut (SignInFailed)", person.HistoryOf(person.Client)[1]);
        return failure;
    }
}
