using UcSdk;
using UcSdk.Sip;

namespace ResumeListing;

/// <summary>The second program of docs/guide/signin.md, compiled.</summary>
internal static class ResumeProgram
{
    public static async Task RunAsync(LyncClient client, SipPassword password)
    {
        // <listing>
        // Here, before the process ends:
        File.WriteAllText("endpoint.json", (await client.ExportAsync()).ToJson());

        // And there, in the next one:
        if (ClientSnapshot.TryParse(File.ReadAllText("endpoint.json"), out var snapshot, out var error))
        {
            await using var resumed = new LyncClient(new LyncClientOptions { Password = password, Resume = snapshot });
            await resumed.SignInAsync(snapshot.User);
        }
        else
        {
            Console.WriteLine(error);
        }
        // </listing>
    }
}
