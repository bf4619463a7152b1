using System.Reflection;
using UcSdk.Core;

namespace UcSdk.Shared;

/// <summary>
/// Holds state tables against wire conversations: a row that no conversation makes happen is either wrong or untested. The conversations are
/// run here, whatever ran before, so that the outcome depends on no order.
/// </summary>
internal static class RowCoverage
{
    /// <summary>Runs all tests of the classes and asserts that every row of the tables has fired.</summary>
    public static async Task AssertAllRowsFireAsync(IEnumerable<IStateTable> tables, params Type[] conversations)
    {
        foreach (var type in conversations)
        {
            await RunAsync(type);
        }

        var missing = tables.SelectMany(Unfired).ToArray();
        Assert.True(missing.Length == 0, "No conversation makes these happen:" + string.Concat(missing.Select(row => Environment.NewLine + row)));
    }

    /// <summary>Asserts that a table permits its rows and refuses every other pair of a state and a trigger.</summary>
    public static void AssertOthersAreRefused<TState, TTrigger, TReason>(StateTable<TState, TTrigger, TReason> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum
        where TReason : struct, Enum
    {
        var listed = table.Rows.Select(row => (row.From, row.Trigger)).ToHashSet();
        foreach (var state in Enum.GetValues<TState>())
        {
            foreach (var trigger in Enum.GetValues<TTrigger>())
            {
                Assert.Equal(listed.Contains((state, trigger)), table.Permits(state, trigger));
            }
        }
    }

    private static IEnumerable<string> Unfired(IStateTable table)
    {
        for (var row = 0; row < table.RowTexts.Count; row++)
        {
            if (table.CountFired(row) == 0)
            {
                var text = table.RowTexts[row];
                yield return $"{table.Name}: {text.From} → {text.To} on {text.Trigger} ({text.Reason})";
            }
        }
    }

    private static async Task RunAsync(Type type)
    {
        foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var lists = method.GetCustomAttributes<InlineDataAttribute>().Select(data => data.Data).ToArray();
            var isFact = method.GetCustomAttribute<FactAttribute>() is { } and not TheoryAttribute;
            foreach (var arguments in isFact ? [[]] : lists)
            {
                await RunAsync(type, method, arguments);
            }
        }
    }

    private static async Task RunAsync(Type type, MethodInfo test, object?[] arguments)
    {
        var instance = Activator.CreateInstance(type);
        try
        {
            if (test.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null) is Task running)
            {
                await running;
            }
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }
    }
}
