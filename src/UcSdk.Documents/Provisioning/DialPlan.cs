using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

#pragma warning disable RS0030 // Nothing is parsed here: the rules of a location profile are regular expressions by their specification.

namespace UcSdk.Documents;

/// <summary>
/// Turns what people dial into numbers, by the rules of a <see cref="LocationProfile"/>. The rules come from a server and are regular expressions; they are run in time that
/// grows with the length of what was dialled, or, where a rule needs what only backtracking can do, for <see cref="MatchTimeout"/> at most. May be used from any thread.
/// </summary>
public sealed class DialPlan
{
    /// <summary>How long one rule that needs backtracking may take: 50 ms; one that takes longer does not match.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(50);

    // The clock runs on while the machine does other things: a rule whose cost is bounded by its length and its input's must not fail to match because of that.
    private static readonly TimeSpan LinearMatchTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How many rules of a profile are looked at: 500; those behind are <see cref="UnusableRules"/>.</summary>
    public const int MaxRules = 500;

    /// <summary>How long a pattern may be: 1024 characters; a longer one makes its rule unusable.</summary>
    public const int MaxPatternLength = 1024;

    /// <summary>How long what is dialled may be: 256 characters; more is no number.</summary>
    public const int MaxInputLength = 256;

    private readonly List<(Regex Pattern, NormalizationRule Rule)> _rules = [];
    private readonly List<NormalizationRule> _unusable = [];

    /// <summary>A dial plan of the profile's rules.</summary>
    /// <param name="profile">The profile.</param>
    public DialPlan(LocationProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        Profile = profile;
        foreach (var rule in profile.Rules)
        {
            if (_rules.Count < MaxRules && Compile(rule.Pattern) is { } pattern)
            {
                _rules.Add((pattern, rule));
            }
            else
            {
                _unusable.Add(rule);
            }
        }
    }

    /// <summary>A plan without rules: only numbers in global form are numbers.</summary>
    public static DialPlan None { get; } = new(new LocationProfile("", []));

    /// <summary>Where the rules are from.</summary>
    public LocationProfile Profile { get; }

    /// <summary>Rules that never match: their pattern is no regular expression, or beyond the limits.</summary>
    public IReadOnlyList<NormalizationRule> UnusableRules => _unusable;

    /// <summary>
    /// The number that is meant. A global number (<c>+1 (425) 555-0100</c>) is itself, without the visual separators of RFC 3966 §3; any other goes through the first rule
    /// that matches.
    /// </summary>
    /// <param name="dialed">What was dialled, with or without separators, or a tel URI.</param>
    /// <param name="number">The number as the rule makes it, usually <c>+</c> and digits, perhaps with <c>;ext=</c>.</param>
    /// <returns>False when it is no number and no rule makes it one.</returns>
    public bool TryNormalize(string dialed, [NotNullWhen(true)] out string? number) => TryNormalize(dialed, out number, out _);

    /// <inheritdoc cref="TryNormalize(string, out string?)"/>
    /// <param name="dialed">What was dialled, with or without separators, or a tel URI.</param>
    /// <param name="number">The number as the rule makes it.</param>
    /// <param name="rule">The rule; null where none was needed.</param>
    public bool TryNormalize(string dialed, [NotNullWhen(true)] out string? number, out NormalizationRule? rule)
    {
        ArgumentNullException.ThrowIfNull(dialed);
        number = null;
        rule = null;
        var text = WithoutScheme(dialed.Trim());
        if (text.Length is 0 or > MaxInputLength)
        {
            return false;
        }

        var end = text.IndexOf(';', StringComparison.Ordinal);
        var (bare, parameters) = end < 0 ? (text, "") : (text[..end], text[end..]);
        bare = WithoutSeparators(bare);
        if (IsGlobal(bare))
        {
            number = bare + parameters;
            return true;
        }

        foreach (var (pattern, candidate) in _rules)
        {
            if (Apply(pattern, candidate, bare) is { } translated)
            {
                (number, rule) = (translated, candidate);
                return true;
            }
        }

        return false;
    }

    private static string? Apply(Regex pattern, NormalizationRule rule, string text)
    {
        try
        {
            var match = pattern.Match(text);
            var made = match.Success ? text[..match.Index] + match.Result(rule.Translation) + text[(match.Index + match.Length)..] : null;
            return made is { Length: > 0 and <= MaxInputLength } ? made : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // Most rules need no backtracking, and then a hostile pattern costs no more than any other.
    private static Regex? Compile(string pattern)
    {
        if (pattern.Length is 0 or > MaxPatternLength)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LinearMatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string WithoutScheme(string text) => text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;

    // RFC 3966 §3: visual-separator, and the blanks that people write.
    private static string WithoutSeparators(string text) => string.Concat(text.Where(character => character is not ('-' or '.' or '(' or ')') && !char.IsWhiteSpace(character)));

    private static bool IsGlobal(string text) => text.Length > 1 && text[0] == '+' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
