using System.Reflection;
using UcSdk.Core;

namespace UcSdk.Architecture.Tests;

/// <summary>Every state table of the product, found by looking at its static fields and properties.</summary>
internal static class Tables
{
    public static IReadOnlyList<IStateTable> All { get; } =
    [
        .. Product.Assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(ReadStatics)
            .OfType<IStateTable>()
            .Distinct()
            .OrderBy(table => table.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<object?> ReadStatics(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(field => typeof(IStateTable).IsAssignableFrom(field.FieldType))
        .Select(field => field.GetValue(null));
}
