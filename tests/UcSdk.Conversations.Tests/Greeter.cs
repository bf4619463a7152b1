using UcSdk.Media;

namespace UcSdk.Conversations.Tests;

// listing: greeter
/// <summary>A bot that comes when it is invited to a conference, and greets.</summary>
public sealed class Greeter : IAsyncDisposable
{
    private readonly Func<IAudioSource> _greeting;

    public Greeter(LyncClientOptions options, Func<IAudioSource> greeting)
    {
        _greeting = greeting;
        Client = new LyncClient(options);
        Client.ConversationManager.ConferenceInvitationHandler = GreetAsync;
    }

    public LyncClient Client { get; }

    public Task StartAsync(string uri, CancellationToken cancellationToken) => Client.SignInAsync(uri, cancellationToken);

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    private async Task GreetAsync(ConferenceInvitation invitation, CancellationToken cancellationToken)
    {
        await invitation.AcceptAsync(cancellationToken);
        var conversation = invitation.Conversation;
        conversation.AVModality.AudioSource = _greeting();
        try
        {
            await conversation.JoinAsync(cancellationToken: cancellationToken);
        }
        catch (ConferenceFailureException)
        {
            // The exception names the stage and the server's reason; what was set up is taken down already.
            await conversation.EndAsync(CancellationToken.None);
        }
    }
}
// end of listing
