using UcSdk.Core;
using UcSdk.Documents;
using static UcSdk.Server.Tests.FocusHarness;

namespace UcSdk.Server.Tests;

public sealed class FocusFactoryTests
{
    private readonly VirtualTime _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly UserDirectory _directory = new("contoso.test");
    private readonly UcServerUser _alice = new("alice") { DisplayName = "Alice" };
    private readonly UcServerUser _bob = new("bob");
    private readonly ConferenceStore _store;
    private readonly FocusFactory _factory;
    private readonly List<FocusEffect> _effects = [];

    public FocusFactoryTests()
    {
        _directory.Add(_alice);
        _directory.Add(_bob);
        _store = new ConferenceStore(_time);
        _factory = new FocusFactory(_store, _directory, new ConferenceLimits { MaxConferencesPerOrganizer = 2 }, new SeededRandomSource(1));
    }

    [Fact]
    public void A_proposed_id_is_taken_and_the_answer_names_the_focus()
    {
        var conference = Add(new ConferenceDescription { ConferenceId = "00112233445566778899AABBCCDDEEFF", Subject = "Plans" });

        Assert.Equal("sip:alice@contoso.test;gruu;opaque=app:conf:focus:id:00112233445566778899AABBCCDDEEFF", conference.Entity);
        Assert.Equal("Plans", conference.Description?.Subject);
        Assert.Equal(_time.GetUtcNow(), conference.Description?.LastUpdate);
        Assert.Equal(AdmissionPolicies.OpenAuthenticated, conference.Description?.AdmissionPolicy);
    }

    [Fact]
    public void Without_a_proposal_the_id_has_eight_characters()
    {
        var conference = Add(new ConferenceDescription());

        Assert.True(ConferenceUri.TryParse(conference.Entity, out var uri));
        Assert.Matches("^[A-Z2-9]{8}$", uri.Id);
    }

    [Fact]
    public void The_same_id_twice_fails()
    {
        Add(new ConferenceDescription { ConferenceId = "ABCDEFGH" });

        Assert.Equal(C3pReasons.ConferenceExistsAlready, Fail(new ConferenceDescription { ConferenceId = "abcdefgh" }));
    }

    [Theory]
    [InlineData("ABCDEFG")]
    [InlineData("00112233445566778899AABBCCDDEEFF0")]
    [InlineData("ABCD-EFG")]
    public void An_id_outside_the_rules_fails(string id) => Assert.Equal(C3pReasons.RequestMalformed, Fail(new ConferenceDescription { ConferenceId = id }));

    [Fact]
    public void A_conference_that_has_expired_already_fails() =>
        Assert.Equal(C3pReasons.RequestMalformed, Fail(new ConferenceDescription { ExpiryTime = _time.GetUtcNow() }));

    [Fact]
    public void An_anonymous_conference_is_refused_because_nobody_could_join_it()
    {
        var outcome = Execute(_alice, new AddConferenceCommand(new ConferenceInfo("") { Description = new() { AdmissionPolicy = "anonymous" } }));

        Assert.Equal(C3pError.NotAuthorized, outcome.Refusal);
    }

    [Fact]
    public void One_conference_past_the_limit_fails()
    {
        Add(new ConferenceDescription());
        Add(new ConferenceDescription());

        Assert.Equal(C3pReasons.PolicyViolation, Fail(new ConferenceDescription()));
    }

    [Fact]
    public void Listed_presenters_are_presenters_when_they_come()
    {
        var added = Execute(_alice, new AddConferenceCommand(new ConferenceInfo("")
        {
            Description = new() { ConferenceId = "ABCDEFGH", AdmissionPolicy = AdmissionPolicies.ClosedAuthenticated },
            Users = new() { Users = [new ConferenceUser("sip:bob@CONTOSO.test;user=ip") { Roles = [ConferenceRoles.Presenter] }] },
        }));
        Assert.True(added.Response?.IsSuccess);
        Assert.True(_store.TryGet(ConferenceUri.Focus(Alice, "ABCDEFGH"), out var focus));

        var join = new FocusJoin { Dialog = 1, Party = Party(Bob), DisplayName = "Bob", Endpoint = "{1}" };
        Assert.True(focus.TryJoin(join, out var role, out _, _effects));
        Assert.Equal(ConferenceRoles.Presenter, role);
    }

    [Fact]
    public void An_expired_conference_is_gone_once_nobody_is_in_it()
    {
        Add(new ConferenceDescription { ConferenceId = "ABCDEFGH", ExpiryTime = _time.GetUtcNow() + TimeSpan.FromHours(7) });
        var uri = ConferenceUri.Focus(Alice, "ABCDEFGH");
        Assert.True(_store.TryGet(uri, out var focus));
        focus.TryJoin(new FocusJoin { Dialog = 1, Party = Party(Alice), DisplayName = "A", Endpoint = "{1}" }, out _, out _, _effects);

        _time.MoveTo(_time.Now + TimeSpan.FromHours(7));
        Assert.True(_store.TryGet(uri, out _));

        focus.Leave(1, _effects);
        Assert.False(_store.TryGet(uri, out _));
        Assert.Empty(_store.All);
    }

    [Fact]
    public void A_conference_lives_until_the_tick_of_its_expiry()
    {
        Add(new ConferenceDescription { ConferenceId = "ABCDEFGH", ExpiryTime = _time.GetUtcNow() + TimeSpan.FromHours(7) });
        var uri = ConferenceUri.Focus(Alice, "ABCDEFGH");

        _time.MoveTo(_time.Now + (TimeSpan.FromHours(7) - TimeSpan.FromTicks(1)));
        Assert.True(_store.TryGet(uri, out _));
        _time.MoveTo(_time.Now + TimeSpan.FromTicks(1));
        Assert.False(_store.TryGet(uri, out _));
    }

    [Fact]
    public void The_organizer_gets_and_deletes_and_others_see_nothing()
    {
        var uri = Add(new ConferenceDescription { ConferenceId = "ABCDEFGH" }).Entity;

        var got = Execute(_alice, new GetConferenceCommand { ConferenceId = "ABCDEFGH" });
        Assert.Equal(uri, Assert.IsType<GetConferenceResult>(got.Response?.Result).Conference.Entity);
        Assert.Equal(C3pReasons.ConferenceDoesNotExist, Execute(_bob, new GetConferenceCommand { ConferenceUri = uri }).Response?.Result?.Reason);
        Assert.Equal(C3pReasons.ConferenceDoesNotExist, Execute(_bob, new DeleteConferenceCommand(uri)).Response?.Result?.Reason);

        Assert.True(Execute(_alice, new DeleteConferenceCommand(uri)).Response?.IsSuccess);
        Assert.Empty(_store.All);
        Assert.Equal(C3pReasons.ConferenceDoesNotExist, Execute(_alice, new DeleteConferenceCommand(uri)).Response?.Result?.Reason);
    }

    [Fact]
    public void Capabilities_name_the_MCUs_that_are_there()
    {
        var outcome = Execute(_alice, new GetConferencingCapabilitiesCommand());

        Assert.Equal(["chat", "audio-video"], Assert.IsType<GetConferencingCapabilitiesResult>(outcome.Response?.Result).McuTypes);
    }

    [Fact]
    public void An_unknown_command_fails_in_C3P()
    {
        var outcome = Execute(_alice, new UnknownC3pCommand(new DocumentElement("urn:ietf:params:xml:ns:cccp", "getEncryptionKey")));

        Assert.Equal(C3pReasons.NotSupported, outcome.Response?.Result?.Reason);
    }

    private C3pOutcome Execute(UcServerUser user, C3pCommand command) => _factory.Execute(
        user,
        new C3pRequest("1", $"sip:{user.Name}@contoso.test", $"sip:{user.Name}@contoso.test;gruu;opaque=app:conf:focusfactory", command),
        _time.GetUtcNow(),
        _effects);

    private ConferenceInfo Add(ConferenceDescription description)
    {
        var outcome = Execute(_alice, new AddConferenceCommand(new ConferenceInfo("") { Description = description }));
        return Assert.IsType<AddConferenceResult>(outcome.Response?.Result).Conference;
    }

    private string? Fail(ConferenceDescription description)
    {
        var outcome = Execute(_alice, new AddConferenceCommand(new ConferenceInfo("") { Description = description }));
        Assert.Equal(C3pCode.Failure, outcome.Response?.Code);
        return outcome.Response?.Result?.Reason;
    }
}
