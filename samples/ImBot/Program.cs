using ImBot;

return await new CommandLine().RunAsync(args, Console.Out);
