namespace UcSdk.Documents.Tests;

public sealed class ValueListTests
{
    [Fact]
    public void Lists_are_equal_when_their_items_are_in_order()
    {
        ValueList<string> one = ["a", "b"];
        ValueList<string> same = ["a", "b"];
        ValueList<string> turned = ["b", "a"];

        Assert.True(one.Equals(same));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.False(one.Equals(turned));
        Assert.False(one.Equals((ValueList<string>)["a"]));
        Assert.False(one.Equals(null));
    }

    [Fact]
    public void A_list_does_not_see_later_changes_of_what_it_was_made_from()
    {
        var source = new List<int> { 1, 2 };
        var list = ValueList.From(source);
        source.Clear();

        Assert.Equal([1, 2], list);
        Assert.Equal(2, list.Count);
        Assert.Equal(2, list[1]);
    }
}
