namespace UcSdk;

/// <summary>A line of a <see cref="JsonLinesHistory"/> that is no message: torn by a crash, or written by something else.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Reason">What is wrong with it; never what it says.</param>
public sealed record JsonLinesDamage(long Line, string Reason)
{
    /// <summary>How many lines are told of; further ones are passed over without a word.</summary>
    public const int MaxDamages = 100;
}
