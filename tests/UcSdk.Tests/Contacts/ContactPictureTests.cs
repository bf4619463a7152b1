using System.Net;
using UcSdk.Tests.Discovery;

namespace UcSdk.Tests;

/// <summary>Pictures of contacts: an address on the card ([MS-PRES] §7.3, element photo), fetched when somebody wants to see it.</summary>
public sealed class ContactPictureTests : IDisposable
{
    private const string Address = "https://pictures.contoso.com/bob";
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4];
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 9];
    private readonly Lab _lab = new();
    private readonly PresenceScript _script;
    private readonly ScriptedWeb _web = new();

    public ContactPictureTests()
    {
        _ = new ContactListScript(_lab);
        _script = new(_lab);
    }

    public void Dispose() => _web.Dispose();

    [Fact]
    public void A_picture_is_fetched_when_it_is_wanted_and_kept_until_its_hash_is_another() => _lab.Run(async () =>
    {
        Serve(Jpeg, "application/octet-stream");
        var bob = await SignInAsync("<photo type=\"enterprise\"><uri>https://pictures.contoso.com/bob</uri><hash>h1</hash></photo>");
        Assert.Empty(_web.Asked);

        // Whoever asks at the same time gets the same.
        var pictures = await Task.WhenAll(bob.GetPhotoAsync(), bob.GetPhotoAsync());
        Assert.Same(pictures[0], pictures[1]);
        Assert.Equal(("image/jpeg", "h1"), (pictures[0]!.ContentType, pictures[0]!.Hash));
        Assert.Equal(Jpeg, pictures[0]!.Content.ToArray());
        Assert.Same(pictures[0], await bob.GetPhotoAsync());
        Assert.Equal([Address], _web.Asked);
        Assert.Equal(["User-Agent: UcSdk/0.1"], _web.Headers);

        Serve(Png, "image/jpeg");
        await TellAsync("<photo type=\"enterprise\"><uri>https://pictures.contoso.com/bob</uri><hash>h2</hash></photo>");
        var changed = await bob.GetPhotoAsync();
        Assert.Equal(("image/png", "h2", 2), (changed!.ContentType, changed.Hash, _web.Asked.Count));
        await TellAsync("");
        Assert.Null(await bob.GetPhotoAsync());
    });

    [Theory]
    [InlineData(8, true)]
    [InlineData(7, false)]
    public void A_picture_may_be_as_large_as_the_limit_and_no_larger(int limit, bool isTaken) => _lab.Run(async () =>
    {
        Serve(Jpeg);
        var bob = await SignInAsync(Photo(), web => web with { MaxPictureBytes = limit });
        if (isTaken)
        {
            Assert.Equal(8, (await bob.GetPhotoAsync())!.Content.Length);
            return;
        }

        Assert.Contains("more than 7 bytes", (await Assert.ThrowsAsync<ServerRequestException>(() => bob.GetPhotoAsync())).Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(2, 3)]
    [InlineData(1, 4)]
    [InlineData(0, 4)]
    public void As_many_pictures_are_kept_as_the_limit_says_the_last_ones_used(int capacity, int requests) => _lab.Run(async () =>
    {
        Serve(Jpeg);
        _web.On("https://pictures.contoso.com/carol", _ => ScriptedWeb.Answer(new ByteArrayContent(Png), "image/png"));
        var bob = await SignInAsync(Photo(), web => web with { MaxCachedPictures = capacity });
        var carol = bob.ContactManager.GetContactByUri("carol@contoso.com");
        await _script.TellAsync(PresenceScript.Document(PresenceScript.Of(carol.Uri, PresenceScript.Card("<photo type=\"default\"><uri>https://pictures.contoso.com/carol</uri></photo>"))));
        await _lab.DelayAsync(0.2);

        await bob.GetPhotoAsync();
        await carol.GetPhotoAsync();
        await bob.GetPhotoAsync();
        await TellAsync("<photo type=\"enterprise\"><uri>https://pictures.contoso.com/bob</uri><hash>other</hash></photo>");
        await bob.GetPhotoAsync();
        Assert.Equal(requests, _web.Asked.Count);
    });

    [Fact]
    public void What_is_no_picture_or_is_not_there_is_an_error_and_is_asked_for_again() => _lab.Run(async () =>
    {
        Serve("<html/>"u8.ToArray(), "image/jpeg");
        var bob = await SignInAsync(Photo());
        Assert.Contains("no picture", await FailAsync(bob), StringComparison.Ordinal);
        _web.Status(Address, HttpStatusCode.Unauthorized);
        Assert.Contains("answered 401", await FailAsync(bob), StringComparison.Ordinal);
        _web.Broken(Address, HttpRequestError.ConnectionError);
        Assert.Contains("It is broken", await FailAsync(bob), StringComparison.Ordinal);
        Serve(Jpeg);
        Assert.NotNull(await bob.GetPhotoAsync());
    });

    [Fact]
    public void A_web_server_that_never_answers_is_waited_for_as_long_as_the_options_say() => _lab.Run(async () =>
    {
        _web.Silent(Address);
        var bob = await SignInAsync(Photo(), web => web with { RequestTimeout = TimeSpan.FromSeconds(7) });
        var before = _lab.Simulation.Time.GetUtcNow();
        Assert.Contains("00:00:07", await FailAsync(bob), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(7), _lab.Simulation.Time.GetUtcNow() - before);
    });

    [Theory]
    [InlineData("http://pictures.contoso.com/bob", false, "an address with http is not fetched")]
    [InlineData("http://pictures.contoso.com/bob", true, null)]
    [InlineData("file:///etc/passwd", true, "an address with file is not fetched")]
    [InlineData("bob.jpg", true, "there is no web address")]
    public void Only_web_addresses_are_fetched_and_those_in_clear_where_the_options_allow_it(string address, bool allows, string? error) => _lab.Run(async () =>
    {
        _web.On("http://pictures.contoso.com/bob", _ => ScriptedWeb.Answer(new ByteArrayContent(Jpeg), "image/jpeg"));
        var bob = await SignInAsync($"<photo type=\"enterprise\"><uri>{address}</uri></photo>", web => web with { AllowPlainHttp = allows });
        if (error is null)
        {
            Assert.NotNull(await bob.GetPhotoAsync());
            return;
        }

        Assert.EndsWith(error, await FailAsync(bob), StringComparison.Ordinal);
        Assert.Empty(_web.Asked);
    });

    [Fact]
    public void Redirects_are_followed_as_often_as_allowed_and_never_out_of_TLS() => _lab.Run(async () =>
    {
        Serve(Jpeg);
        _web.Moved("https://pictures.contoso.com/0", "/1").Moved("https://pictures.contoso.com/1", Address);
        var bob = await SignInAsync("<photo type=\"enterprise\"><uri>https://pictures.contoso.com/0</uri></photo>", web => web with { MaxRedirects = 2, AllowPlainHttp = true });
        Assert.NotNull(await bob.GetPhotoAsync());
        _web.Moved("https://pictures.contoso.com/00", "/0");
        await TellAsync("<photo type=\"enterprise\"><uri>https://pictures.contoso.com/00</uri></photo>");
        Assert.Contains("more than 2 times", await FailAsync(bob), StringComparison.Ordinal);
        _web.Moved("https://pictures.contoso.com/0", "http://pictures.contoso.com/bob");
        await TellAsync("<photo type=\"enterprise\"><uri>https://pictures.contoso.com/0</uri><hash>new</hash></photo>");
        Assert.Contains("http is not fetched after one with https", await FailAsync(bob), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("NoPhoto", "enterprise", false)]
    [InlineData("PhotosFromADOnly", "other", false)]
    [InlineData("PhotosFromADOnly", "enterprise", true)]
    [InlineData("AllPhotos", "other", true)]
    public void Only_what_the_servers_settings_allow_is_shown(string usage, string type, bool isShown) => _lab.Run(async () =>
    {
        Serve(Jpeg);
        Texts.Provision(_lab.Server, $"<provisionGroup name=\"endpointConfiguration\"><propertyEntryList><property name=\"PhotoUsage\">{usage}</property></propertyEntryList></provisionGroup>");
        var bob = await SignInAsync($"<photo type=\"{type}\"><uri>https://pictures.contoso.com/bob</uri></photo>");
        Assert.Equal(isShown, await bob.GetPhotoAsync() is not null);
        Assert.Equal(isShown ? 1 : 0, _web.Asked.Count);
    });

    [Fact]
    public void A_hash_without_an_address_names_a_picture_that_only_the_address_book_has() => _lab.Run(async () =>
    {
        var bob = await SignInAsync("<photo type=\"default\"><hash>abc</hash></photo>");
        Assert.Null(await bob.GetPhotoAsync());
        Assert.Equal("abc", bob.Information.PhotoHash);
    });

    private static string Photo() => "<photo type=\"enterprise\"><uri>https://pictures.contoso.com/bob</uri></photo>";

    private static async Task<string> FailAsync(Contact contact) => (await Assert.ThrowsAsync<ServerRequestException>(() => contact.GetPhotoAsync())).Message;

    private void Serve(byte[] picture, string type = "image/jpeg") => _web.On(Address, _ => ScriptedWeb.Answer(new ByteArrayContent(picture), type));

    private async Task<Contact> SignInAsync(string card, Func<WebOptions, WebOptions>? change = null)
    {
        var web = new WebOptions { HttpHandler = () => _web };
        var client = await _lab.SignInAsync("alice", change: options => options with { Web = change?.Invoke(web) ?? web });
        await _lab.DelayAsync(1);
        await TellAsync(card);
        return client.ContactManager.GetContactByUri("bob@contoso.com");
    }

    private async Task TellAsync(string card)
    {
        await _script.TellAsync(PresenceScript.Document(PresenceScript.Of("sip:bob@contoso.com", PresenceScript.Card(card))));
        await _lab.DelayAsync(0.2);
    }
}
