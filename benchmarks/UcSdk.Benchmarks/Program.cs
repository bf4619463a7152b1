using UcSdk.Benchmarks;

return await Report.RunAsync(Console.Out, args.FirstOrDefault());
