namespace UcSdk.Core.Tests;

public sealed class SharedTimerTests
{
    private readonly SimulationScheduler _simulation = new();
    private readonly List<string> _woken = [];

    [Fact]
    public void Several_deadlines_wake_each_at_its_own_time_on_one_timer()
    {
        var loop = new SerialLoop(_simulation);
        loop.Run(() =>
        {
            var timer = new SharedTimer(loop);
            var (one, two, three) = (timer.Add(() => Wake("one")), timer.Add(() => Wake("two")), timer.Add(() => Wake("three")));
            Assert.Equal(0, _simulation.Clock.ArmedTimers);
            one.Set(loop.Now + TimeSpan.FromSeconds(3));
            two.Set(loop.Now + TimeSpan.FromSeconds(1));
            three.Set(loop.Now + TimeSpan.FromSeconds(2));
            three.Set(null);
            Assert.Equal(1, _simulation.Clock.ArmedTimers);
        });

        _simulation.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["two at 1", "one at 3"], _woken);
        Assert.Equal(0, _simulation.Clock.ArmedTimers);
    }

    [Fact]
    public void Two_at_the_same_time_both_wake_and_one_may_set_the_other_or_itself_again()
    {
        var loop = new SerialLoop(_simulation);
        loop.Run(() =>
        {
            var timer = new SharedTimer(loop);
            SharedDeadline? one = null;
            SharedDeadline? two = null;
            one = timer.Add(() =>
            {
                Wake("one");
                if (_woken.Count < 3)
                {
                    one!.Set(loop.Now + TimeSpan.FromSeconds(1));
                    two!.Set(loop.Now + TimeSpan.FromSeconds(2));
                }
            });
            two = timer.Add(() => Wake("two"));
            one.Set(loop.Now + TimeSpan.FromSeconds(1));
        });

        _simulation.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["one at 1", "one at 2", "one at 3", "two at 4"], _woken);
    }

    [Fact]
    public void After_its_disposal_nothing_wakes()
    {
        var loop = new SerialLoop(_simulation);
        loop.Run(() =>
        {
            var timer = new SharedTimer(loop);
            var one = timer.Add(() => Wake("one"));
            var two = timer.Add(timer.Dispose);
            var three = timer.Add(() => Wake("three"));
            one.Set(loop.Now + TimeSpan.FromSeconds(2));
            two.Set(loop.Now + TimeSpan.FromSeconds(1));
            three.Set(loop.Now + TimeSpan.FromSeconds(1));
        });

        _simulation.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(_woken);
        Assert.Equal(0, _simulation.Clock.ArmedTimers);
    }

    private void Wake(string name) => _woken.Add($"{name} at {(_simulation.Clock.Now - new Timestamp(0)).TotalSeconds}");
}
