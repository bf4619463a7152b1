namespace UcSdk.Tests;

/// <summary>Active, inactive, away: by the clock, to the tick.</summary>
public sealed class ActivityTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly PresenceLab _lab = new();
    private readonly Keyboard _keyboard = new();

    [Fact]
    public void Who_does_nothing_is_inactive_after_five_minutes_and_away_after_fifteen_more() => _lab.Run(
        async () =>
        {
            _keyboard.Press();
            await _lab.DelayAsync(TimeSpan.FromMinutes(5) - Tick);
            Assert.Equal((UserActivity.Active, 0), (_lab.Self.Activity, _lab.Script.Log.Count));
            await _lab.DelayAsync(Tick);
            Assert.Equal(UserActivity.Inactive, _lab.Self.Activity);
            await _lab.DelayAsync(0.1);
            Assert.Contains("<availability>5000</availability>", Machine, StringComparison.Ordinal);

            await _lab.DelayAsync(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(0.1) - Tick);
            Assert.Equal(UserActivity.Inactive, _lab.Self.Activity);
            await _lab.DelayAsync(Tick);
            Assert.Equal(UserActivity.Away, _lab.Self.Activity);
            await _lab.DelayAsync(0.1);
            Assert.Contains("<availability>15500</availability>", Machine, StringComparison.Ordinal);

            _keyboard.Press();
            await _lab.DelayAsync(0.1);
            Assert.Equal(UserActivity.Active, _lab.Self.Activity);
            Assert.Contains("<availability>3500</availability>", Machine, StringComparison.Ordinal);
            Assert.Equal(6, _lab.Script.Log.Count);
        },
        new PresenceOptions { ActivitySource = _keyboard });

    [Fact]
    public void Who_types_on_stays_active_and_says_nothing() => _lab.Run(
        async () =>
        {
            for (var minute = 0; minute < 30; minute++)
            {
                _keyboard.Press();
                _keyboard.Press();
                await _lab.DelayAsync(60);
            }

            Assert.Empty(_lab.Script.Log);
        },
        new PresenceOptions { ActivitySource = _keyboard });

    [Fact]
    public void A_program_without_a_user_is_active_until_it_has_reported_one() => _lab.Run(
        async () =>
        {
            await _lab.DelayAsync(3600);
            Assert.Equal(UserActivity.Active, _lab.Self.Activity);

            await _lab.Self.ReportActivityAsync();
            await _lab.DelayAsync(61);
            Assert.Equal(UserActivity.Inactive, _lab.Self.Activity);
            await _lab.Self.ReportActivityAsync();
            Assert.Equal(UserActivity.Active, _lab.Self.Activity);
        },
        new PresenceOptions { InactiveAfter = TimeSpan.FromMinutes(1) });

    [Fact]
    public void After_a_reconnection_the_user_is_active_and_watched_once() => _lab.Run(
        async () =>
        {
            await _lab.DelayAsync(TimeSpan.FromMinutes(6));
            Assert.Equal(UserActivity.Inactive, _lab.Self.Activity);
            _lab.CutOff();
            await _lab.DelayAsync(2);

            Assert.Equal((UserActivity.Active, 1), (_lab.Self.Activity, _keyboard.Watchers));
            await _lab.Alice.SignOutAsync();
            Assert.Equal(0, _keyboard.Watchers);
            _keyboard.Press();
        },
        new PresenceOptions { ActivitySource = _keyboard });

    [Fact]
    public void Times_must_be_more_than_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LyncClient(new LyncClientOptions { Presence = new PresenceOptions { InactiveAfter = TimeSpan.Zero } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LyncClient(new LyncClientOptions { Presence = new PresenceOptions { AwayAfter = TimeSpan.Zero } }));
        Assert.Throws<ArgumentException>(() => new LyncClient(new LyncClientOptions { Presence = new PresenceOptions { SignInAsAvailability = ContactAvailability.BusyIdle } }));
    }

    private string Machine => _lab.Script.Kept[("state", 0x30102030, 2)].Content;

    private sealed class Keyboard : IUserActivitySource
    {
        private readonly List<Action> _active = [];

        public int Watchers => _active.Count;

        public void Press() => _active.ForEach(active => active());

        public IDisposable Subscribe(Action active)
        {
            _active.Add(active);
            return new Leaving(() => _active.Remove(active));
        }

        private sealed class Leaving(Action leave) : IDisposable
        {
            public void Dispose() => leave();
        }
    }
}
