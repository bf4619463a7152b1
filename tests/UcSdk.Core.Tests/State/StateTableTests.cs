using UcSdk.Shared;

namespace UcSdk.Core.Tests;

public sealed class StateTableTests
{
    private readonly StateTable<Light, Switch, Why> _table = new("Lamp", Light.Off)
    {
        { Light.Off, Switch.Press, Light.On, Why.Wanted, "manual 1" },
        { Light.On, Switch.Press, Light.Off, Why.Wanted, "manual 2" },
        { Light.On, Switch.Burn, Light.Broken, Why.Fate, "manual 3" },
    };

    private enum Light
    {
        Off,
        On,
        Broken,
    }

    private enum Switch
    {
        Press,
        Burn,
    }

    private enum Why
    {
        Wanted,
        Fate,
    }

    [Fact]
    public void A_machine_moves_along_the_rows_and_gives_their_reasons()
    {
        var lamp = new StateMachine<Light, Switch, Why>(_table, Light.Off);

        Assert.True(lamp.TryFire(Switch.Press, out var row));
        Assert.Equal((Light.On, Why.Wanted, "manual 1"), (lamp.State, row.Reason, row.Source));
        Assert.Equal(Light.Broken, lamp.Fire(Switch.Burn).To);
        Assert.True(lamp.IsFinal);
    }

    [Fact]
    public void What_has_no_row_is_refused_and_moves_nothing()
    {
        var lamp = new StateMachine<Light, Switch, Why>(_table, Light.Off);

        Assert.False(lamp.Permits(Switch.Burn));
        Assert.False(lamp.TryFire(Switch.Burn, out var row));
        Assert.Null(row);
        Assert.Equal(Light.Off, lamp.State);
        Assert.False(lamp.IsFinal);
    }

    [Fact]
    public void Taking_a_missing_row_for_granted_names_table_state_and_trigger()
    {
        var lamp = new StateMachine<Light, Switch, Why>(_table, Light.Off);

        var thrown = Assert.Throws<UnreachableTransitionException>(() => lamp.Fire(Switch.Burn));
        Assert.Equal("Lamp in state Off has no transition for Burn.", thrown.Message);
    }

    [Fact]
    public void A_machine_begins_only_where_its_table_says()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StateMachine<Light, Switch, Why>(_table, Light.On));
    }

    [Fact]
    public void A_pair_has_one_row()
    {
        Assert.Throws<ArgumentException>(() => _table.Add(Light.Off, Switch.Press, Light.Broken, Why.Fate, "again"));
    }

    [Fact]
    public void Rows_count_how_often_they_fired_across_machines()
    {
        new StateMachine<Light, Switch, Why>(_table, Light.Off).Fire(Switch.Press);
        new StateMachine<Light, Switch, Why>(_table, Light.Off).Fire(Switch.Press);

        Assert.Equal([2L, 0L, 0L], Enumerable.Range(0, 3).Select(_table.CountFired));
    }

    [Fact]
    public void A_table_without_its_types_is_text()
    {
        IStateTable table = _table;

        Assert.Equal("Lamp", table.Name);
        Assert.Equal(["Off"], table.InitialStates);
        Assert.Equal(new StateRowText("On", "Burn", "Broken", "Fate", "manual 3"), table.RowTexts[2]);
    }

    [Fact]
    public void Firing_allocates_nothing_once_warm()
    {
        var lamp = new StateMachine<Light, Switch, Why>(_table, Light.Off);
        lamp.Fire(Switch.Press);
        Assert.Equal(0, Allocated.Least(() => lamp.Fire(Switch.Press)));
    }
}
