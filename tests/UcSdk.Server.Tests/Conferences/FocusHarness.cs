using UcSdk.Documents;

namespace UcSdk.Server.Tests;

/// <summary>A conference of Alice without any network: joins, commands and effects by hand.</summary>
internal sealed class FocusHarness
{
    public const string Alice = "sip:alice@contoso.test";
    public const string Bob = "sip:bob@contoso.test";
    public const string Carol = "sip:carol@contoso.test";

    private readonly List<FocusEffect> _effects = [];

    public FocusHarness(string policy = AdmissionPolicies.OpenAuthenticated, ConferenceLimits? limits = null, Dictionary<string, string>? listed = null)
    {
        var profile = new ConferenceProfile
        {
            Focus = ConferenceUri.Focus(Alice, "7ECB5F9B"),
            Organizer = Alice,
            OrganizerName = "Alice",
            Subject = "Plans",
            AdmissionPolicy = policy,
            LastUpdate = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ListedRoles = listed ?? [],
        };
        Focus = new Focus(profile, limits ?? new ConferenceLimits());
    }

    public Focus Focus { get; }

    public string Uri => Focus.Profile.Focus.Text;

    /// <summary>The effects since the last question.</summary>
    public IReadOnlyList<FocusEffect> Effects => Take(_ => true);

    public static EndpointId Party(string user, string instance = "1") => new(user, instance);

    public FocusHarness Join(string user, long dialog, string? endpoint = null, string instance = "1")
    {
        Assert.True(TryJoin(user, dialog, out _, out _, endpoint, instance));
        return this;
    }

    public bool TryJoin(string user, long dialog, out string role, out ServerAnswer refusal, string? endpoint = null, string instance = "1")
    {
        var join = new FocusJoin
        {
            Dialog = dialog,
            Party = Party(user, instance),
            DisplayName = user[4..user.IndexOf('@')],
            Endpoint = endpoint ?? $"{{{user[4..user.IndexOf('@')]}-{dialog}}}",
        };
        return Focus.TryJoin(join, out role, out refusal, _effects);
    }

    public ConferenceInfo Subscribe(string user, long subscription, string instance = "1") => Focus.Subscriptions.Add(subscription, Party(user, instance));

    public bool Connect(string user, long leg, string instance = "1") => Focus.TryConnectLeg(
        leg,
        Party(user, instance),
        new ConferenceEndpoint($"{{leg-{leg}}}")
        {
            SessionType = ConferenceEntityTypes.AudioVideo,
            Status = EndpointStatuses.Connected,
            Media = [new ConferenceMedia("1") { Type = "audio" }],
        },
        _effects);

    public void Leave(long dialog) => Focus.Leave(dialog, _effects);

    public void Drop(string user, string instance = "1") => Focus.Drop(Party(user, instance), _effects);

    public void Disconnect(long leg) => Focus.DisconnectLeg(leg, _effects);

    public void Update(long leg, ConferenceMedia media) => Focus.UpdateLeg(leg, [media], _effects);

    public C3pOutcome Execute(string sender, C3pCommand command) => FocusCommands.Execute(Focus, sender, new C3pRequest("1", sender, Uri, command), _effects);

    public void Delete() => Focus.Delete(_effects);

    /// <summary>The documents that subscribers got since the last question, by subscription.</summary>
    public IReadOnlyList<(long Subscription, ConferenceInfo Document)> Notifications =>
        [.. Take(effect => effect is FocusEffect.Notify).Cast<FocusEffect.Notify>().Select(effect => (effect.Subscription, effect.Document))];

    private List<FocusEffect> Take(Predicate<FocusEffect> matches)
    {
        var taken = _effects.FindAll(matches);
        _effects.RemoveAll(matches);
        return taken;
    }
}
