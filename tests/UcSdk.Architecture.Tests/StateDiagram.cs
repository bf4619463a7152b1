using System.Text;
using UcSdk.Core;

namespace UcSdk.Architecture.Tests;

/// <summary>Writes the page of one state table: a Mermaid diagram and the rows with their reasons and sources.</summary>
internal static class StateDiagram
{
    public static string Write(IStateTable table)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(table.Name).Append("\n\n");
        text.Append("Generated from the state table; a test keeps it current (`UCSDK_WRITE_STATES=1 dotnet test tests/UcSdk.Architecture.Tests` writes it anew).\n\n");
        text.Append("```mermaid\nstateDiagram-v2\n");
        foreach (var initial in table.InitialStates)
        {
            text.Append("    [*] --> ").Append(initial).Append('\n');
        }

        foreach (var row in table.RowTexts)
        {
            text.Append("    ").Append(row.From).Append(" --> ").Append(row.To).Append(": ").Append(row.Trigger).Append('\n');
        }

        var left = table.RowTexts.Select(row => row.From).ToHashSet();
        foreach (var final in table.RowTexts.Select(row => row.To).Distinct().Where(state => !left.Contains(state)))
        {
            text.Append("    ").Append(final).Append(" --> [*]\n");
        }

        text.Append("```\n\n| from | trigger | to | reason | source |\n|---|---|---|---|---|\n");
        foreach (var row in table.RowTexts)
        {
            text.Append("| ").Append(row.From).Append(" | ").Append(row.Trigger).Append(" | ").Append(row.To).Append(" | ")
                .Append(row.Reason).Append(" | ").Append(row.Source.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        }

        return text.ToString();
    }
}
