using System.Xml.Linq;

namespace UcSdk.Architecture.Tests;

/// <summary>Imports point down, and nobody imports more than the house allows.</summary>
public sealed class DirectionTests
{
    public static TheoryData<string> Projects => [.. Product.MayUse.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_what_the_house_allows(string project)
    {
        var allowed = Product.MayUse[project].Append("Microsoft.Extensions.Logging.Abstractions").ToArray();
        var used = Product.Assemblies.Single(assembly => assembly.GetName().Name == project).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("UcSdk", StringComparison.Ordinal) || !IsFramework(name))
            .Where(name => !(allowed.Contains(Product.AspNetCore) && IsAspNetCore(name)));
        Assert.Empty(used.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_declares_only_what_the_house_allows(string project)
    {
        var file = XDocument.Load(Repository.PathOf("src", project, project + ".csproj"));
        var projects = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        var packages = file.Descendants("PackageReference").Concat(file.Descendants("FrameworkReference")).Select(reference => reference.Attribute("Include")?.Value).OfType<string>();
        Assert.Empty(projects.Concat(packages).Except(Product.MayUse[project]));
    }

    [Fact]
    public void The_core_has_no_public_types() =>
        Assert.Empty(Product.Assemblies[0].GetExportedTypes().Select(type => type.FullName));

    private static bool IsAspNetCore(string name) =>
        name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal);

    private static bool IsFramework(string name) =>
        (name.StartsWith("System", StringComparison.Ordinal) && name != "System.Reactive") || name is "netstandard" or "mscorlib";
}
