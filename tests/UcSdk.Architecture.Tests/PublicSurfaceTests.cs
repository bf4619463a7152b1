using System.Reflection;

namespace UcSdk.Architecture.Tests;

/// <summary>What the public surface promises: it can be mocked, cancelled, and is sealed unless made for inheritance.</summary>
public sealed class PublicSurfaceTests
{
    private static IEnumerable<Type> PublicTypes => Product.Assemblies.SelectMany(assembly => assembly.GetExportedTypes());

    [Fact]
    public void Every_public_asynchronous_method_takes_a_cancellation_token_last()
    {
        var offenders = PublicTypes
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && IsTask(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync))
            .Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken))
            .Select(method => $"{method.DeclaringType}.{method.Name}");
        Assert.Empty(offenders);
    }

    [Fact]
    public void No_public_interface_has_spans_or_by_reference_parameters()
    {
        var offenders = PublicTypes.Where(type => type.IsInterface)
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef || parameter.ParameterType.IsByRefLike) || method.ReturnType.IsByRefLike)
            .Select(method => $"{method.DeclaringType}.{method.Name}");
        Assert.Empty(offenders);
    }

    [Fact]
    public void Every_public_class_is_sealed_static_or_abstract()
    {
        var offenders = PublicTypes.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !type.IsSubclassOf(typeof(Exception)))
            .Select(type => type.FullName);
        Assert.Empty(offenders);
    }

    [Fact]
    public void No_public_field_can_be_written()
    {
        var offenders = PublicTypes.Where(type => !type.IsEnum)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => field is { IsInitOnly: false, IsLiteral: false })
            .Select(field => $"{field.DeclaringType}.{field.Name}");
        Assert.Empty(offenders);
    }

    private static bool IsTask(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>)));
}
