using System.Text.Json.Nodes;
using Courier.Http;
using Courier.Http.Clients;
using Courier.Http.Limits;
using Courier.Kernel.Modules;
using Courier.MiniProgramApi.Addresses;
using Courier.MiniProgramApi.App;
using Courier.MiniProgramApi.Carrier;
using Courier.MiniProgramApi.Codes;
using Courier.MiniProgramApi.Consent;
using Courier.MiniProgramApi.Devices;
using Courier.MiniProgramApi.GroupCustomers;
using Courier.MiniProgramApi.Knowledge;
using Courier.MiniProgramApi.Network;
using Courier.MiniProgramApi.Notices;
using Courier.MiniProgramApi.Orders;
using Courier.MiniProgramApi.Outlets;
using Courier.MiniProgramApi.Parcels;
using Courier.MiniProgramApi.Privacy;
using Courier.MiniProgramApi.Rates;
using Courier.MiniProgramApi.Sessions;
using Courier.MiniProgramApi.Share;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.MiniProgramApi;

/// <summary>Table of contents of this face: customers' phones and carrier cores.</summary>
public static class MiniProgramApiModule
{
    /// <summary>A recorded call of each operation of the customers' API, by the operation's name: <c>{query?, request?, status, answer?}</c>.</summary>
    public static JsonObject Examples
    {
        get
        {
            using var file = typeof(MiniProgramApiModule).Assembly.GetManifestResourceStream("examples.json")!;
            return JsonNode.Parse(file)!.AsObject();
        }
    }

    /// <summary>Registers what the endpoints need.</summary>
    public static ModuleRegistry AddMiniProgramApi(this ModuleRegistry modules)
    {
        modules.Options<CarrierOptions>("Carrier");
        modules.Options<OutletOptions>("Outlets");
        modules.Options<DeviceOptions>("Lockers");
        modules.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, CustomerBearer>(Schemes.Customer, null);
        modules.Services.AddSingleton<OrderFaces>();
        return modules;
    }

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapMiniProgramApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGroup("/api/carrier").WithTags("Carrier core").MapCarrier();
        endpoints.MapGroup("/api/outlet/v1").WithTags("Outlets").MapOutlets();
        endpoints.MapGroup("/api/device/v1").WithTags("Lockers").MapDevices();
        var customers = endpoints.MapGroup("/api/customer/v1").LimitsCallers().AddEndpointFilter(CountUse.Around);
        customers.MapGroup("/app").WithTags("App").MapAppVersion();
        customers = customers.MapGroup("").RefusesOldApps();
        customers.MapGroup("/session").WithTags("Session").MapSessions();
        customers.MapGroup("/privacy").WithTags("Privacy").MapPrivacy();
        customers.MapGroup("/consents").WithTags("Consents").MapConsents();
        customers.MapGroup("/parcels").WithTags("Parcels").MapParcels();
        customers.MapGroup("/codes").WithTags("Pickup codes").MapCodes();
        customers.MapGroup("/family").WithTags("Family").MapFamily();
        customers.MapGroup("/network").WithTags("Network").MapNetwork();
        customers.MapGroup("/addresses").WithTags("Address book").MapAddressBook();
        customers.MapGroup("/addresses").WithTags("Addresses").MapParsing();
        customers.MapGroup("/notices").WithTags("Notices").MapNotices();
        customers.MapGroup("/subscriptions").WithTags("Notices").MapSubscriptions();
        customers.MapGroup("/notification-preferences").WithTags("Notices").MapPreferences();
        customers.MapGroup("/goods").WithTags("Goods").MapGoods();
        customers.MapGroup("/goods").WithTags("Goods").MapAdvice();
        customers.MapGroup("/quotes").WithTags("Quotes").MapQuotes();
        customers.MapGroup("/products").WithTags("Quotes").MapProducts();
        customers.MapGroup("/parcels/{waybill}/share").WithTags("Share").MapSharing();
        var parcel = customers.MapGroup("/parcels/{waybill}").WithTags("Parcels");
        parcel.MapDirections();
        parcel.MapLateness();
        customers.MapGroup("/slots").WithTags("Orders").MapSlots();
        customers.MapGroup("/orders").WithTags("Orders").MapOrders();
        customers.MapGroup("/organisations").WithTags("Organisations").MapOrganisations();
        endpoints.MapGroup("/s").WithTags("Share").AddEndpointFilter(CountUse.Around).MapSharedPages();
        return endpoints;
    }
}
