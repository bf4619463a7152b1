namespace UcSdk.Tests;

/// <summary>Who may see what, as containers on the wire.</summary>
public sealed class PrivacyTests
{
    private readonly PresenceLab _lab = new();

    [Fact]
    public void A_level_is_given_changed_and_taken_away() => _lab.Run(async () =>
    {
        var changes = new Recorder<AccessEntriesChange>();
        using var subscription = _lab.Self.Permissions.Changes.Subscribe(changes);
        await _lab.Self.Permissions.SetAccessLevelAsync("bob@contoso.com", AccessLevel.Friends);
        Assert.Equal(AccessLevel.Friends, _lab.Self.Permissions.GetAccessLevel("sip:BOB@contoso.com"));
        await _lab.Self.Permissions.SetAccessLevelAsync("sip:bob@contoso.com", AccessLevel.Workgroup);
        await _lab.Self.Permissions.SetAccessLevelAsync("sip:bob@contoso.com", AccessLevel.Workgroup);
        await _lab.Self.Permissions.SetAccessLevelAsync("sip:bob@contoso.com", AccessLevel.Default);
        await _lab.DelayAsync(0.1);

        Assert.Equal(
            [
                "add user bob@contoso.com in 400",
                "add user bob@contoso.com in 300", "remove user bob@contoso.com in 400",
                "remove user bob@contoso.com in 300",
            ],
            _lab.Script.Log);
        Assert.Equal(AccessLevel.Colleague, _lab.Self.Permissions.GetAccessLevel("bob@contoso.com"));
        Assert.Equal(["1 added, 0 removed", "1 added, 1 removed", "0 added, 1 removed"], changes.Log);
    });

    [Fact]
    public void Who_is_blocked_keeps_no_other_level_and_is_unblocked_alone() => _lab.Run(async () =>
    {
        await _lab.Self.Permissions.SetAccessLevelAsync("bob@contoso.com", AccessLevel.Friends);
        await _lab.Self.Permissions.BlockAsync("bob@contoso.com");
        Assert.Equal(AccessLevel.Blocked, _lab.Self.Permissions.GetAccessLevel("bob@contoso.com"));
        await _lab.Self.Permissions.UnblockAsync("bob@contoso.com");
        await _lab.Self.Permissions.UnblockAsync("bob@contoso.com");

        Assert.Equal(["remove user bob@contoso.com in 400", "add user bob@contoso.com in 32000", "remove user bob@contoso.com in 32000"], _lab.Script.Log[1..]);
    });

    [Fact]
    public void Kinds_and_domains_have_levels_too_and_the_more_particular_counts() => _lab.Run(async () =>
    {
        var permissions = _lab.Self.Permissions;
        Assert.Equal((AccessLevel.Colleague, AccessLevel.External, AccessLevel.Default),
            (permissions.GetAccessLevel("x@contoso.com"), permissions.GetAccessLevel("x@a.com", AccessEntryScope.Federated), permissions.GetAccessLevel("x@b.com", AccessEntryScope.Public)));

        await permissions.SetAccessLevelAsync(AccessEntryScope.Domain, "fabrikam.com", AccessLevel.Colleague);
        await permissions.SetAccessLevelAsync(AccessEntryScope.Enterprise, "", AccessLevel.Workgroup);
        await permissions.SetAccessLevelAsync(AccessEntryScope.Public, "", AccessLevel.Blocked);

        Assert.Equal(["add domain fabrikam.com in 200", "remove sameEnterprise in 200", "add sameEnterprise in 300", "add publicCloud in 32000"], _lab.Script.Log);
        Assert.Equal(
            (AccessLevel.Workgroup, AccessLevel.Colleague, AccessLevel.Blocked),
            (permissions.GetAccessLevel("x@contoso.com"), permissions.GetAccessLevel("x@fabrikam.com", AccessEntryScope.Federated), permissions.GetAccessLevel("x@b.com", AccessEntryScope.Public)));
        Assert.Throws<ArgumentException>(() => { _ = permissions.SetAccessLevelAsync(AccessEntryScope.User, "", AccessLevel.Friends); });
        Assert.Throws<ArgumentException>(() => { _ = permissions.SetAccessLevelAsync(AccessEntryScope.Domain, "", AccessLevel.Friends); });
        Assert.Throws<ArgumentException>(() => { _ = permissions.SetAccessLevelAsync("bob@contoso.com", (AccessLevel)5); });
    });

    [Fact]
    public void A_change_that_another_endpoint_made_meanwhile_is_not_lost() => _lab.Run(async () =>
    {
        var races = 1;
        _lab.Script.BeforePublish = () =>
        {
            if (races-- > 0)
            {
                // Bob became a friend elsewhere.
                _lab.Script.Containers[400] = (3, ["user bob@contoso.com"]);
                _lab.Script.Containers[300] = (9, []);
            }
        };

        var setting = _lab.Self.Permissions.SetAccessLevelAsync("bob@contoso.com", AccessLevel.Workgroup);
        await _lab.DelayAsync(0.03);
        await _lab.Script.NotifyContainersAsync();
        await setting;

        Assert.Equal(["conflict", "add user bob@contoso.com in 300", "remove user bob@contoso.com in 400"], _lab.Script.Log);
    });

    [Fact]
    public void A_level_that_another_endpoint_gave_a_moment_before_does_not_stay_beside_ours() => _lab.Run(async () =>
    {
        var isFirst = true;
        _lab.Script.BeforePublish = () =>
        {
            if (isFirst)
            {
                // Bob became a friend elsewhere, in another container than the one that is changed here: no version tells.
                _lab.Script.Containers[400] = (1, ["user bob@contoso.com"]);
                isFirst = false;
            }
        };

        var setting = _lab.Self.Permissions.SetAccessLevelAsync("bob@contoso.com", AccessLevel.Workgroup);
        await _lab.DelayAsync(0.1);
        Assert.False(setting.IsCompleted);
        await _lab.Script.NotifyContainersAsync();
        await _lab.DelayAsync(0.1);
        await _lab.Script.NotifyContainersAsync();
        await setting;

        Assert.Equal(["add user bob@contoso.com in 300", "remove user bob@contoso.com in 400"], _lab.Script.Log);
        Assert.Equal(AccessLevel.Workgroup, _lab.Self.Permissions.GetAccessLevel("bob@contoso.com"));
    });

    [Fact]
    public void A_conflict_without_news_is_mended_by_the_version_of_the_refusal() => _lab.Run(async () =>
    {
        _lab.Script.Containers[400] = (3, []);
        await _lab.Self.Permissions.SetAccessLevelAsync("bob@contoso.com", AccessLevel.Friends);
        Assert.Equal(["conflict", "add user bob@contoso.com in 400"], _lab.Script.Log);
    });

    [Fact]
    public void A_refusal_is_told() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SERVICE setContainerMembers"] = request => _lab.Server.Reply(request, 403);
        Assert.Equal(403, (await Assert.ThrowsAsync<ServerRequestException>(() => _lab.Self.Permissions.BlockAsync("bob@contoso.com"))).StatusCode);
    });
}
