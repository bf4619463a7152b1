using UcSdk.Core;
using UcSdk.Server.Tests;

namespace UcSdk.Storage.Sqlite.Tests;

/// <summary>What clients find on a server that was started again on the same file.</summary>
public sealed class TwoLivesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ucsdk-lives-");

    private string File => Path.Combine(_folder.FullName, "lab.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_list_outlives_the_server()
    {
        await using (var store = Open())
        {
            using var lab = new ServerLab(options => options with { Store = store });
            var alice = lab.SignIn("alice");
            Change(alice, "<m:addGroup><m:name>Work</m:name><m:externalURI/><m:deltaNum>1</m:deltaNum></m:addGroup>");
            Change(alice, "<m:setContact><m:displayName>Bob</m:displayName><m:groups>2</m:groups><m:subscribed>true</m:subscribed><m:URI>sip:bob@contoso.test</m:URI><m:externalURI/><m:deltaNum>2</m:deltaNum></m:setContact>");
            Assert.Equal((0, 0), (lab.Counts.PendingChanges, lab.Counts.StoreFailures));
        }

        await using (var store = Open())
        {
            using var lab = new ServerLab(options => options with { Store = store });
            var alice = lab.SignIn("alice");
            alice.Request("SUBSCRIBE", alice.Address, "contacts", "Event: vnd-microsoft-roaming-contacts\nSupported: ms-piggyback-first-notify\nSupported: ms-benotify");
            Assert.Equal(
                """<contactList deltaNum="3"><group id="1" name="~" externalURI=""/><group id="2" name="Work" externalURI=""/><contact uri="bob@contoso.test" name="Bob" groups="2" subscribed="true" externalURI=""/></contactList>""",
                alice.ExpectsResponse(200).BodyText);
        }
    }

    [Fact]
    public async Task A_server_does_not_start_on_a_damaged_file()
    {
        await System.IO.File.WriteAllTextAsync(File, "no database", TestContext.Current.CancellationToken);
        await using var store = Open();
        await using var server = new Server.UcServer(new() { Store = store });
        Assert.Equal(StoreFileFault.Damaged, (await Assert.ThrowsAsync<StoreFileException>(() => server.StartAsync(TestContext.Current.CancellationToken))).Fault);
    }

    private static void Change(RawClient client, string command)
    {
        client.Request(
            "SERVICE",
            client.Address,
            "change" + command.Length,
            "Content-Type: application/SOAP+xml",
            $"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/winrtc/2002/11/sip"><s:Body>{command}</s:Body></s:Envelope>""");
        client.ExpectsResponse(200);
    }

    private SqliteServerStore Open() => new(File, InlineWork.Instance, TimeSpan.Zero);
}
