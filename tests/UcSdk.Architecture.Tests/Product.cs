using System.Reflection;

namespace UcSdk.Architecture.Tests;

/// <summary>The assemblies that users get, and who may use whom (ARCHITECTURE.md, "The house").</summary>
internal static class Product
{
    /// <summary>The shared framework of web servers, which comes with .NET.</summary>
    public const string AspNetCore = "Microsoft.AspNetCore.App";

    public static IReadOnlyDictionary<string, string[]> MayUse { get; } = new Dictionary<string, string[]>
    {
        ["UcSdk.Core"] = [],
        ["UcSdk.Sip"] = ["UcSdk.Core"],
        ["UcSdk.Documents"] = ["UcSdk.Core"],
        ["UcSdk.Media"] = ["UcSdk.Core"],
        ["UcSdk"] = ["UcSdk.Core", "UcSdk.Sip", "UcSdk.Documents", "UcSdk.Media", "System.Reactive"],
        ["UcSdk.Server"] = ["UcSdk.Core", "UcSdk.Sip", "UcSdk.Documents", "UcSdk.Media"],
        ["UcSdk.Server.Web"] = ["UcSdk.Core", "UcSdk.Sip", "UcSdk.Documents", "UcSdk.Server", AspNetCore],
        ["UcSdk.Storage.Sqlite"] = ["UcSdk.Core", "UcSdk", "UcSdk.Documents", "UcSdk.Server", "Microsoft.Data.Sqlite", "Microsoft.Data.Sqlite.Core"],
    };

    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. MayUse.Keys.Select(Assembly.Load)];
}
