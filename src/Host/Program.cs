using Courier.Host;
using Courier.Kernel;

try
{
    await using var app = Composition.Build(args);
    await app.Serve();
    Console.WriteLine($"Courier listens on {string.Join(", ", app.Urls)}");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (WrongConfiguration wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
