namespace Lab;

internal static class LabServer
{
    public static Task<int> RunAsync(LabOptions options, CancellationToken cancellationToken) => Task.FromResult(options.Listen.Count);
}
