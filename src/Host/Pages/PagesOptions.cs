using Courier.Kernel;

namespace Courier.Host.Pages;

/// <summary>Section <c>Pages</c>: the customers' pages, which npm builds.</summary>
internal sealed record PagesOptions : ICheckedOptions
{
    /// <summary>Where the built pages lie; empty for the default: <c>pages/customer</c> beside the program, else the repository's.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Are missing or outdated pages built with npm after the start? Only where the sources are at hand, in Development.</summary>
    public bool Build { get; init; } = true;

    public IEnumerable<string> Problems()
    {
        if (Directory.Length > 0 && !System.IO.Directory.Exists(Directory)) yield return $"Directory: {Directory} does not exist";
    }
}
