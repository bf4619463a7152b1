// <listing>
using UcSdk;
using UcSdk.Media;
using UcSdk.Sip;

// </listing>
namespace ReadmeListing;

/// <summary>The program of README.md, compiled.</summary>
internal static class ReadmeProgram
{
    public static async Task RunAsync(string[] args)
    {
        // <listing>
        await using var client = new LyncClient(new LyncClientOptions
        {
            Server = new SipTransportAddress("TCP", "127.0.0.1", 5060),
        });
        await client.SignInAsync("sip:bob@contoso.test");

        using var recorder = new WavFileSink("heard.wav");
        var conversation = await client.ConversationManager.JoinConferenceAsync(args[0]);
        conversation.AVModality.AudioSink = recorder;
        conversation.AVModality.AudioSource = await ClipAudioSource.FromWavFileAsync("hello.wav");

        conversation.Participants.Changes.Subscribe(change => Console.WriteLine($"{change.Kind}: {change.Item}"));
        await conversation.WaitForStateAsync(ConversationState.Terminated);
        // </listing>
    }
}
