// <listing>
using UcSdk;
using UcSdk.Sip;

// </listing>
namespace SignInListing;

/// <summary>The program of docs/guide/signin.md, compiled.</summary>
internal static class SignInProgram
{
    public static async Task RunAsync()
    {
        // <listing>
        using var password = new SipPassword(Console.ReadLine()!);
        await using var client = new LyncClient(new LyncClientOptions { Password = password });
        client.SignInProgress.Subscribe(stage => Console.WriteLine(stage));
        try
        {
            await client.SignInAsync("sip:alice@contoso.com");
        }
        catch (RegisterException failure)
        {
            foreach (var question in failure.DiscoveryAttempts)
            {
                Console.WriteLine(question);
            }

            Console.WriteLine(failure.Message);
        }
        // </listing>
    }
}
