namespace UcSdk.Documents.Tests;

public sealed class ConferenceRosterTests
{
    private const string Full1 = """
        <conference-info entity="sip:f" state="full" version="1">
         <conference-description><subject>Plans</subject><conf-uris><entry><uri>sip:chat</uri><purpose>chat</purpose></entry></conf-uris><msci:join-url xmlns:msci="m">https://x</msci:join-url></conference-description>
         <conference-state><user-count>2</user-count></conference-state>
         <users>
          <user entity="sip:alice@x"><display-text>Alice</display-text><roles><entry>presenter</entry></roles><endpoint entity="{A1}" session-type="focus"><status>connected</status></endpoint></user>
          <user entity="sip:bob@x"><display-text>Bob</display-text><roles><entry>attendee</entry></roles>
           <endpoint entity="{B1}" session-type="focus"><status>connected</status></endpoint>
           <endpoint entity="{B2}" session-type="audio-video"><status>dialing-in</status><media id="1"><type>audio</type></media></endpoint></user>
         </users>
         <conference-view><entity-view entity="sip:f"><entity-state><locked>false</locked></entity-state></entity-view></conference-view>
        </conference-info>
        """;

    [Fact]
    public void The_first_document_brings_everybody()
    {
        var roster = new ConferenceRoster();
        var applied = Applied(roster, Full1);

        Assert.Equal(["+Alice", "+Bob", "details"], Describe(applied.Changes));
        Assert.Same(roster.Current, applied.Snapshot);
        Assert.Equal("sip:chat", applied.Snapshot.Description!.ConferenceUris!.For("chat"));
    }

    [Fact]
    public void A_partial_document_changes_only_what_it_names()
    {
        var roster = Started();
        var applied = Applied(roster, """
            <conference-info entity="sip:f" state="partial" version="2"><users state="partial"><user entity="sip:bob@x" state="partial">
             <endpoint entity="{B2}" state="partial"><status>connected</status><media id="2"><type>video</type></media></endpoint></user></users></conference-info>
            """);

        Assert.Equal(["~Bob"], Describe(applied.Changes));
        var bob = applied.Snapshot.Users!.Find("sip:bob@x")!;
        Assert.Equal(("Bob", "attendee"), (bob.DisplayText, Assert.Single(bob.Roles)));
        Assert.Equal(["{B1}", "{B2}"], bob.Endpoints.Select(endpoint => endpoint.Entity));
        Assert.Equal(("audio-video", "connected"), (bob.Endpoints[1].SessionType, bob.Endpoints[1].Status));
        Assert.Equal(["audio", "video"], bob.Endpoints[1].Media.Select(media => media.Type));
        Assert.Equal("Plans", applied.Snapshot.Description!.Subject);
    }

    [Fact]
    public void An_endpoint_without_state_replaces_that_endpoint_and_no_other()
    {
        var roster = Started();
        Applied(roster, """
            <conference-info entity="sip:f" state="partial" version="2"><users state="partial"><user entity="sip:bob@x" state="partial">
             <endpoint entity="{B2}"><status>on-hold</status></endpoint></user></users></conference-info>
            """);

        var bob = roster.Current!.Users!.Find("sip:bob@x")!;
        Assert.Equal(new ConferenceEndpoint("{B2}") { Status = "on-hold" }, bob.Endpoints[1]);
        Assert.Equal("connected", bob.Endpoints[0].Status);
    }

    [Fact]
    public void A_partial_document_adds_replaces_and_removes_users()
    {
        var roster = Started();
        var applied = Applied(roster, """
            <conference-info entity="sip:f" state="partial" version="2"><users state="partial">
             <user entity="sip:alice@x" state="deleted"/>
             <user entity="sip:bob@x" state="full"><display-text>Robert</display-text></user>
             <user entity="sip:carol@x"><display-text>Carol</display-text></user></users></conference-info>
            """);

        Assert.Equal(["-Alice", "~Robert", "+Carol"], Describe(applied.Changes));
        Assert.Equal(new ConferenceUser("sip:bob@x") { DisplayText = "Robert" }, applied.Snapshot.Users!.Find("sip:bob@x"));
    }

    [Fact]
    public void A_full_document_removes_whoever_it_does_not_name()
    {
        var roster = Started();
        var applied = Applied(roster, """<conference-info entity="sip:f" version="2"><users><user entity="sip:bob@x"><display-text>Bob</display-text></user></users></conference-info>""");

        Assert.Equal(["-Alice", "~Bob", "details"], Describe(applied.Changes));
        Assert.Null(applied.Snapshot.Description);
    }

    [Fact]
    public void Addresses_and_parts_are_merged_by_their_keys()
    {
        var roster = Started();
        var applied = Applied(roster, """
            <conference-info entity="sip:f" state="partial" version="2">
             <conference-description state="partial"><conf-uris state="partial"><entry><uri>sip:av</uri><purpose>audio-video</purpose></entry></conf-uris></conference-description>
             <conference-view state="partial"><entity-view entity="sip:f" state="partial"><entity-state><locked>true</locked></entity-state></entity-view><entity-view entity="sip:chat"/></conference-view></conference-info>
            """);

        Assert.Equal(["details"], Describe(applied.Changes));
        Assert.Equal("Plans", applied.Snapshot.Description!.Subject);
        Assert.Equal(["sip:chat", "sip:av"], applied.Snapshot.Description.ConferenceUris!.Entries.Select(entry => entry.Uri));
        Assert.Equal([true, null], applied.Snapshot.View!.Entities.Select(view => view.EntityState?.Locked));
    }

    [Fact]
    public void A_document_that_changes_nothing_reports_nothing()
    {
        var roster = Started();

        Assert.Empty(Applied(roster, Full1.Replace("version=\"1\"", "version=\"2\"", StringComparison.Ordinal)).Changes);
        Assert.Empty(Applied(roster, """<conference-info entity="sip:f" state="partial" version="3"/>""").Changes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void An_old_version_is_discarded(int version)
    {
        var roster = Started();
        var before = roster.Current;

        Assert.IsType<ConferenceMergeResult.Discarded>(roster.Merge(TestDocuments.Info(
            $"""<conference-info entity="sip:f" state="full" version="{version}"><users/></conference-info>""")));
        Assert.Same(before, roster.Current);
    }

    [Fact]
    public void A_skipped_version_is_a_gap_until_a_full_document_comes()
    {
        var roster = Started();
        var before = roster.Current;

        Assert.Equal(new ConferenceMergeResult.Gap(2, 3), roster.Merge(TestDocuments.Info("""<conference-info entity="sip:f" state="partial" version="3"><users state="full"/></conference-info>""")));
        Assert.Same(before, roster.Current);
        Assert.Equal(new ConferenceMergeResult.Gap(2, 4), roster.Merge(TestDocuments.Info("""<conference-info entity="sip:f" state="partial" version="4"/>""")));
        Applied(roster, Full1.Replace("version=\"1\"", "version=\"5\"", StringComparison.Ordinal));
        Applied(roster, """<conference-info entity="sip:f" state="partial" version="6"/>""");
    }

    [Fact]
    public void A_new_subscription_starts_versions_anew_and_must_start_full_but_reports_only_differences()
    {
        var roster = Started();
        Applied(roster, """<conference-info entity="sip:f" state="partial" version="2"/>""");
        roster.BeginSubscription();

        Assert.Equal(new ConferenceMergeResult.Gap(null, 1), roster.Merge(TestDocuments.Info("""<conference-info entity="sip:f" state="partial" version="1"/>""")));
        Assert.Empty(Applied(roster, Full1).Changes);
    }

    [Fact]
    public void A_document_without_version_is_taken_as_the_next_one()
    {
        var roster = Started();
        Assert.Equal(2u, Applied(roster, """<conference-info entity="sip:f" state="partial"/>""").Snapshot.Version);
        Assert.IsType<ConferenceMergeResult.Gap>(roster.Merge(TestDocuments.Info("""<conference-info entity="sip:f" state="partial" version="4"/>""")));
    }

    [Fact]
    public void A_document_about_another_conference_is_discarded()
    {
        Assert.IsType<ConferenceMergeResult.Discarded>(Started().Merge(TestDocuments.Info("""<conference-info entity="sip:other" version="2"/>""")));
        Applied(Started(), """<conference-info entity="SIP:F" state="partial" version="2"/>""");
    }

    [Fact]
    public void A_deleted_root_ends_the_conference_and_everybody_leaves()
    {
        var roster = Started();
        var ended = Assert.IsType<ConferenceMergeResult.Ended>(roster.Merge(TestDocuments.Info("""<conference-info entity="sip:f" state="deleted" version="7"/>""")));

        Assert.Equal(["-Alice", "-Bob"], Describe(ended.Changes));
        Assert.True(roster.HasEnded);
        Assert.IsType<ConferenceMergeResult.Discarded>(roster.Merge(TestDocuments.Info(Full1.Replace("version=\"1\"", "version=\"8\"", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_same_user_twice_in_one_document_is_one_user()
    {
        var roster = new ConferenceRoster();
        var applied = Applied(roster, """<conference-info entity="sip:f" version="1"><users><user entity="sip:a@x"><display-text>A</display-text></user><user entity="SIP:A@x"><display-text>B</display-text></user></users></conference-info>""");

        Assert.Equal("B", Assert.Single(applied.Snapshot.Users!.Users).DisplayText);
    }

    [Fact]
    public void A_roster_of_thousands_is_merged_without_comparing_everybody_to_everybody()
    {
        var users = string.Concat(Enumerable.Range(0, 9_000).Select(i => $"""<user entity="sip:u{i}@x"/>"""));
        var roster = new ConferenceRoster();
        Applied(roster, $"""<conference-info entity="sip:f" version="1"><users>{users}</users></conference-info>""");
        Assert.Empty(Applied(roster, $"""<conference-info entity="sip:f" state="partial" version="2"><users state="partial">{users}</users></conference-info>""").Changes);
    }

    /// <summary>One document for each rule that comes out differently when the rule is taken away: so each rule is needed and tested.</summary>
    [Theory]
    [InlineData((int)ConferenceMergeRules.DiscardOldVersions, """<conference-info entity="sip:f" state="full" version="1"/>""")]
    [InlineData((int)ConferenceMergeRules.DetectGaps, """<conference-info entity="sip:f" state="partial" version="3"/>""")]
    [InlineData((int)ConferenceMergeRules.FullReplaces, """<conference-info entity="sip:f" state="partial" version="2"><users state="partial"><user entity="sip:bob@x" state="full"/></users></conference-info>""")]
    [InlineData((int)ConferenceMergeRules.PartialMerges, """<conference-info entity="sip:f" state="partial" version="2"><users state="partial"><user entity="sip:bob@x" state="partial"/></users></conference-info>""")]
    [InlineData((int)ConferenceMergeRules.DeletedRemoves, """<conference-info entity="sip:f" state="partial" version="2"><users state="partial"><user entity="sip:bob@x" state="deleted"/></users></conference-info>""")]
    [InlineData((int)ConferenceMergeRules.KeysIgnoreCase, """<conference-info entity="sip:f" state="partial" version="2"><users state="partial"><user entity="sip:BOB@x" state="deleted"/></users></conference-info>""")]
    [InlineData((int)ConferenceMergeRules.DeletedRootEnds, """<conference-info entity="sip:f" state="deleted" version="2"/>""")]
    public void Without_any_one_rule_the_outcome_is_another(int rule, string document)
    {
        var withAll = new ConferenceRoster();
        var without = new ConferenceRoster(ConferenceMergeRules.All & ~(ConferenceMergeRules)rule);
        Applied(withAll, Full1);
        Applied(without, Full1);

        Assert.NotEqual(withAll.Merge(TestDocuments.Info(document)), without.Merge(TestDocuments.Info(document)));
    }

    [Fact]
    public void Without_the_rule_of_the_full_first_document_a_partial_one_would_do()
    {
        var partial = TestDocuments.Info("""<conference-info entity="sip:f" state="partial" version="1"/>""");

        Assert.IsType<ConferenceMergeResult.Gap>(new ConferenceRoster().Merge(partial));
        Assert.IsType<ConferenceMergeResult.Applied>(new ConferenceRoster(ConferenceMergeRules.All & ~ConferenceMergeRules.FirstIsFull).Merge(partial));
    }

    private static ConferenceRoster Started()
    {
        var roster = new ConferenceRoster();
        Applied(roster, Full1);
        return roster;
    }

    private static ConferenceMergeResult.Applied Applied(ConferenceRoster roster, string document) =>
        Assert.IsType<ConferenceMergeResult.Applied>(roster.Merge(TestDocuments.Info(document)));

    private static IEnumerable<string> Describe(IEnumerable<ConferenceChange> changes) => changes.Select(change => change switch
    {
        ConferenceChange.UserAdded added => "+" + added.User.DisplayText,
        ConferenceChange.UserRemoved removed => "-" + removed.User.DisplayText,
        ConferenceChange.UserChanged changed => "~" + changed.User.DisplayText,
        _ => "details",
    });
}
