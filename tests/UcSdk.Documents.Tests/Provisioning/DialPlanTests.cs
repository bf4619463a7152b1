
namespace UcSdk.Documents.Tests;

/// <summary>What is dialled becomes a number.</summary>
public sealed class DialPlanTests
{
    private static readonly DialPlan Redmond = Plan(
        (@"^(\d{4})$", "+1425555$1;ext=$1"),
        (@"^9?1?([2-9]\d{9})$", "+1$1"),
        (@"^0(?=11)11(\d+)$", "+$1"));

    [Theory]
    [InlineData("0100", "+14255550100;ext=0100")]
    [InlineData("(425) 555-0100", "+14255550100")]
    [InlineData("91 425.555.0100", "+14255550100")]
    [InlineData("tel:4255550100", "+14255550100")]
    [InlineData("01144201234567", "+44201234567")]
    public void The_first_rule_that_matches_makes_the_number(string dialed, string expected)
    {
        Assert.True(Redmond.TryNormalize(dialed, out var number, out var rule));
        Assert.Equal(expected, number);
        Assert.NotNull(rule);
    }

    [Theory]
    [InlineData("+1 (425) 555-0100", "+14255550100")]
    [InlineData("tel:+1-425-555-0100;ext=12", "+14255550100;ext=12")]
    public void A_global_number_is_itself(string dialed, string expected)
    {
        Assert.True(Redmond.TryNormalize(dialed, out var number, out var rule));
        Assert.Equal((expected, null), (number, rule));
        Assert.True(DialPlan.None.TryNormalize(dialed, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("12")]
    [InlineData("alice")]
    [InlineData("+1425x")]
    public void What_no_rule_knows_is_no_number(string dialed) => Assert.False(Redmond.TryNormalize(dialed, out _));

    [Fact]
    public void The_order_of_the_rules_counts()
    {
        Assert.True(Plan((@"^(\d+)$", "+1$1"), (@"^(\d{4})$", "+2$1")).TryNormalize("0100", out var number));
        Assert.Equal("+10100", number);
    }

    [Fact]
    public void A_rule_without_anchors_replaces_only_what_it_matches()
    {
        Assert.True(Plan("^00", "+").TryNormalize("00493012345", out var number));
        Assert.Equal("+493012345", number);
    }

    [Fact]
    public void A_hostile_pattern_costs_no_time()
    {
        // Where a backtracking engine takes years; and one that only such an engine can run, until its time is over.
        var plan = Plan(("^(1+)+$", "+1"), (@"^(?=(1+)+$)x", "+2"), (@"^1+2$", "+3"));

        Assert.True(plan.TryNormalize(new string('1', 200) + "2", out var number));

        Assert.Equal("+3", number);
    }

    [Fact]
    public void A_rule_whose_pattern_is_none_is_named_and_the_others_count()
    {
        var plan = Plan(("(", "+1"), ("", "+1"), (new string('1', DialPlan.MaxPatternLength + 1), "+1"), (@"^\d$", "+9"));

        Assert.Equal(3, plan.UnusableRules.Count);
        Assert.True(plan.TryNormalize("5", out var number));
        Assert.Equal("+9", number);
    }

    [Fact]
    public void Only_so_many_rules_and_characters_are_looked_at()
    {
        var plan = Plan([.. Enumerable.Repeat(("^x$", "+1"), DialPlan.MaxRules - 1), ("^5$", "+5"), ("^6$", "+6")]);
        Assert.True(plan.TryNormalize("5", out _));
        Assert.False(plan.TryNormalize("6", out _));
        Assert.Equal("^6$", Assert.Single(plan.UnusableRules).Pattern);

        var any = Plan(("^1+$", "+1"));
        Assert.True(any.TryNormalize(new string('1', DialPlan.MaxInputLength), out _));
        Assert.False(any.TryNormalize(new string('1', DialPlan.MaxInputLength + 1), out _));
    }

    [Fact]
    public void A_translation_cannot_make_a_number_longer_than_one_may_be()
    {
        Assert.False(Plan("^(1+)$", string.Concat(Enumerable.Repeat("$1", 100))).TryNormalize("111", out _));
    }

    private static DialPlan Plan(string pattern, string translation) => Plan((pattern, translation));

    private static DialPlan Plan(params (string Pattern, string Translation)[] rules) =>
        new(new LocationProfile("contoso.com", ValueList.From(rules.Select(rule => new NormalizationRule(rule.Pattern, rule.Translation)))));
}
