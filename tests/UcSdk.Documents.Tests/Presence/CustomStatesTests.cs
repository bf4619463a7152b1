namespace UcSdk.Documents.Tests;

/// <summary>The custom activities of an organisation, after the example in the documentation of Lync Server.</summary>
public sealed class CustomStatesTests
{
    [Fact]
    public void The_example_is_understood_and_survives()
    {
        Assert.True(CustomStates.TryRead(TestDocuments.Read("lync2013-customStates.xml"), out var states, out var error), error.ToString());
        Assert.Equal(
            [(1u, CustomState.Online), (2u, CustomState.Busy), (3u, CustomState.Busy), (4u, CustomState.DoNotDisturb)], states.States.Select(state => (state.Id, state.Availability)));
        Assert.Equal(
            [new CustomActivity(1033, "Working from Home"), new CustomActivity(1044, "activity 2 for 1044"), new CustomActivity(1055, "activity 3 for 1055")], states.States[0].Activities);
        Assert.True(CustomStates.TryRead(states.ToBytes(), out var again, out _));
        Assert.Equal(states, again);
        Assert.Equal(("customStates, 4", "customState 1 online"), (states.ToString(), states.States[0].ToString()));
    }

    [Fact]
    public void What_is_not_known_survives()
    {
        var text = TestDocuments.Utf8("<customStates more=\"x\"><customState ID=\"1\" availability=\"busy\" since=\"2013\"><colour>red</colour></customState><hint/></customStates>");
        Assert.True(CustomStates.TryRead(text, out var states, out _));
        Assert.True(CustomStates.TryRead(states.ToBytes(), out var again, out _));
        Assert.Equal(("since", "colour"), (Assert.Single(again.States[0].ExtensionAttributes).Name, Assert.Single(again.States[0].Extensions).Name));
        Assert.Equal(("more", "hint"), (Assert.Single(again.ExtensionAttributes).Name, Assert.Single(again.Extensions).Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<customState/>")]
    [InlineData("<customStates><customState ID=\"1\"/></customStates>")]
    [InlineData("<customStates><customState availability=\"busy\"/></customStates>")]
    [InlineData("<customStates><customState ID=\"x\" availability=\"busy\"/></customStates>")]
    public void What_is_none_is_refused(string text) => Assert.False(CustomStates.TryRead(TestDocuments.Utf8(text), out _, out _));
}
