using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>An embedded server on loopback for alice, bob, carol and a bot, with passwords, and those who sign in there: by SIPE or by a client of ours. It has a time limit.</summary>
internal sealed class PurpleHouse : IAsyncDisposable
{
    private static readonly string[] Users = ["alice", "bob", "carol", "bot"];

    private readonly PurpleProgram _program;
    private readonly CancellationTokenSource _limit;
    private readonly List<IAsyncDisposable> _people = [];

    private PurpleHouse(PurpleProgram program, TimeSpan limit)
    {
        _program = program;
        _limit = new(limit);
        Server = new(new UcServerOptions { Domain = "contoso.test", Users = [.. Users.Select(name => new UcServerUser(name) { Password = new SipPassword(PasswordOf(name)) })] });
    }

    public UcServer Server { get; }

    /// <summary>Ends when the time is over.</summary>
    public CancellationToken Token => _limit.Token;

    public static async Task<PurpleHouse> OpenAsync(PurpleProgram program, int minutes = 2)
    {
        var house = new PurpleHouse(program, TimeSpan.FromMinutes(minutes));
        await house.Server.StartAsync(house.Token);
        return house;
    }

    public static string PasswordOf(string name) => name + "'s password";

    /// <summary>Signs somebody in with SIPE.</summary>
    /// <param name="name">Who.</param>
    /// <param name="machine">The machine's name, where the user has several.</param>
    public async Task<PurpleSipe> SignInAsync(string name, string? machine = null)
    {
        var user = await PurpleSipe.SignInAsync(_program, Server.ListenAddresses[0], name, PasswordOf(name), Token, machine);
        _people.Add(user);
        return user;
    }

    /// <summary>Signs somebody in with a client of ours, who accepts everything.</summary>
    public async Task<OurUser> SignInOursAsync(string name, IConversationHistory? history = null)
    {
        var user = new OurUser(
            new LyncClient(new LyncClientOptions { Server = Server.ListenAddresses[0], Password = new SipPassword(PasswordOf(name)), History = history, TransportFactory = () => Loopback.Open("TCP") }), Token);
        _people.Add(user);
        await user.Client.SignInAsync(PurpleSipe.UriOf(name), Token);
        return user;
    }

    /// <summary>Signs those of SIPE out, and asserts that each found every signature valid, and that the server keeps nothing of their conversations.</summary>
    public async Task CloseAsync(int signatures, params PurpleSipe[] users)
    {
        foreach (var user in users)
        {
            await user.SignOutAsync(Token);
            user.Log.RequireEverySignatureValidated(signatures);
        }

        foreach (var user in _people.OfType<OurUser>())
        {
            await user.Client.SignOutAsync(Token);
        }

        var left = await Server.GetCountsAsync(Token);
        Assert.Equal((0, 0, 0, 0), (left.MessageLegs, left.PendingMessages, left.FocusDialogs, left.RosterSubscriptions));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
        {
            await person.DisposeAsync();
        }

        await Server.DisposeAsync();
        _limit.Dispose();
    }
}
