namespace UcSdk.Tests;

/// <summary>Many want to talk at once, and bob takes his time.</summary>
public sealed class WaitingInvitationsTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void As_many_wait_for_a_decision_as_the_limit_allows_and_one_more_hears_486() => _lab.Run(
        async () =>
        {
            var (modalities, decided) = (new List<Modality>(), new TaskCompletionSource());
            _lab.Bob.ConversationManager.ModalityInvitationHandler = (modality, _) =>
            {
                modalities.Add(modality);
                return decided.Task;
            };
            _lab.Bob.ConversationManager.ConferenceInvitationHandler = (_, _) => decided.Task;
            await _lab.Server.InviteToMessagesAsync("bob", "c1", from: "carol");
            await _lab.Server.PageAsync("bob", "Hello", from: "dave");
            await _lab.Server.InviteAsync("bob", "c2", Texts.Invitation());
            await _lab.DelayAsync(0.1);
            Assert.Equal(3, _lab.Bob.ConversationManager.Conversations.Count);
            Assert.DoesNotContain("bob: 486", string.Concat(_lab.Server.Log), StringComparison.Ordinal);

            await _lab.Server.InviteToMessagesAsync("bob", "c3", from: "erin");
            await _lab.Server.InviteAsync("bob", "c4", Texts.Invitation());
            await _lab.Server.PageAsync("bob", "Hello", from: "frank");
            await _lab.DelayAsync(0.1);
            Assert.Equal(3, _lab.Server.Log.Count(line => line.StartsWith("bob: 486", StringComparison.Ordinal)));
            Assert.Equal(3, _lab.Bob.ConversationManager.Conversations.Count);

            // Whom bob has decided on waits no longer, and leaves a place.
            await modalities[0].RejectAsync();
            await _lab.Server.InviteToMessagesAsync("bob", "c5", from: "erin");
            await _lab.DelayAsync(0.1);
            Assert.Equal(3, modalities.Count);
            decided.SetResult();
            await _lab.DelayAsync(0.1);
        },
        options => options with { MaxWaitingInvitations = 3 });

    [Fact]
    public void One_at_least_may_wait() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LyncClient(new LyncClientOptions { Server = new("TCP", "x", 1), MaxWaitingInvitations = 0 }));
}
